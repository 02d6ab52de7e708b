/**
 * The people of `clients.csv`, one row each. The first one is spreadsheet row 2. A comment stands above each row in
 * which a problem is planted. `test/examples/examples.test.ts` names the same rows.
 */
export const CLIENTS: readonly (readonly string[])[] = [
  ['Amelia', 'Hartley', 'amelia.hartley@example.com', '+12025550114', 'Client', 'Hartley Interiors', 'Mayfair'],
  ['Siobhán', "O'Sullivan", 'siobhan.osullivan@example.com', '+61491570006', '', '', 'Riverside'],
  ['Łukasz', 'Wójcik', 'lukasz.wojcik@example.org', '+46701740606', 'Client', 'Wójcik i Synowie', 'Mayfair'],
  ['明', '王', 'ming.wang@example.net', '+14155550132', 'Client', '王氏茶叶', 'Riverside'],
  // A mobile number with spaces: repaired.
  ['Astrid', 'Ekström', 'astrid.ekstrom@example.com', '+46 70 174 06 05', 'Client', 'Ekström Redovisning', 'Mayfair'],
  ['Babajide', 'Adéyẹmí', 'babajide.adeyemi@example.com', '+13125550177', '', 'Adeyemi Logistics', 'Riverside'],
  ['María José', 'Núñez de la Peña', 'mj.nunez@example.org', '+17135550148', 'Client', '', 'Mayfair'],
  ['فاطمة', 'الزهراء', 'fatima.alzahraa@example.net', '+12125550186', 'Client', 'مكتبة الزهراء', 'Riverside'],
  // The number lacks a digit.
  ['Giulia', "D'Angelo", 'giulia.dangelo@example.com', '+6149157000', 'Client', 'Studio D’Angelo', 'Mayfair'],
  ['Kwame', 'Mensah', 'kwame.mensah@example.com', '+14045550121', '', 'Mensah & Daughters', 'Riverside'],
  ['Søren', 'Kjærgaard', 'soren.kjaergaard@example.org', '+46701740610', 'Client', '', 'Mayfair'],
  ['Ngọc Ánh', 'Trần', 'anh.tran@example.com', '+61491570110', 'Client', 'Trần Family Trust', 'Riverside'],
  // A spreadsheet has shortened the number.
  ['Oliver', 'Whitcombe', 'oliver.whitcombe@example.com', '4.67017E+10', 'Client', 'Whitcombe Surveyors', 'Mayfair'],
  ['Zoë', 'van den Berg', 'zoe.vandenberg@example.net', '+13055550163', '', '', 'Riverside'],
  ['Олена', 'Шевченко', 'olena.shevchenko@example.org', '+46701740612', 'Client', 'Майстерня Шевченко', 'Mayfair'],
  [
    'Rashid',
    'Al-Mansouri',
    'rashid.almansouri@example.com',
    '+12135550109',
    'Client',
    'Al-Mansouri Holdings',
    'Mayfair',
  ],
  // The sandbox refuses addresses that begin like this one: an invitation that can be retried.
  ['Beatriz', 'Moreno', 'sandbox-rejected.moreno@example.com', '+61491570156', 'Client', 'Moreno Vinhos', 'Riverside'],
  ['Jürgen', 'Großmann', 'juergen.grossmann@example.org', '+46701740615', 'Client', 'Großmann Orgelbau', 'Mayfair'],
  ['Aisha', 'Khan', 'aisha.khan@example.com', '+16175550192', '', 'Khan Pharmacy', 'Riverside'],
  // There is no team of this name.
  ['Henry', 'Blackwood', 'henry.blackwood@example.com', '+61491570157', 'Client', 'Blackwood Timber', 'Mayfare'],
  ['さくら', '田中', 'sakura.tanaka@example.net', '+18085550135', 'Client', '', 'Riverside'],
  ['Priya', 'Raghunathan', 'priya.raghunathan@example.com', '+15125550118', 'Client', 'Saffron & Slate', 'Mayfair'],
  // A spelling mistake in the role.
  ['Tomás', 'Ó Briain', 'tomas.obriain@example.org', '+46701740618', 'Cleint', 'Ó Briain Boats', 'Riverside'],
  ['Ioana', 'Țăranu', 'ioana.taranu@example.com', '+17025550156', '', '', 'Mayfair'],
  ['Mbali', 'Dlamini', 'mbali.dlamini@example.net', '+61491570158', 'Client', 'Dlamini Textiles', 'Riverside'],
  // Not a mobile: a warning, and no SMS.
  ['Charlotte', 'Penrose', 'charlotte.penrose@example.com', '+442079460958', 'Client', 'Penrose Chambers', 'Mayfair'],
  ['Γιώργος', 'Παπαδόπουλος', 'giorgos.papadopoulos@example.org', '+46701740621', 'Client', '', 'Riverside'],
  // Twilio's number of a person who has opted out: an SMS that fails.
  ['Dmitri', 'Vasilev', 'dmitri.vasilev@example.com', '+15005550004', 'Client', 'Vasilev Antiques', 'Mayfair'],
  // The last name is missing.
  ['Hyun-woo', '', 'hyunwoo@example.com', '+13035550144', 'Client', 'Hanok Architects', 'Riverside'],
  ['Noa', 'Ben-Ami', 'noa.benami@example.net', '+12025550171', '', 'Okafor, Bell & Partners', 'Mayfair'],
  ['Freyja', 'Jónsdóttir', 'freyja.jonsdottir@example.com', '+46701740624', 'Client', '', 'Riverside'],
  // The address has no ending.
  ['Chipo', 'Moyo', 'chipo.moyo@example', '+61491570159', 'Client', 'Moyo Safaris', 'Mayfair'],
  [
    'Étienne',
    'Lefèvre-Dubois',
    'etienne.lefevre@example.org',
    '+14155550178',
    'Client',
    'Atelier Lefèvre',
    'Riverside',
  ],
  // The role has a space behind it, the classic of the help pages: repaired.
  ['Grace', 'Wanjiru', 'grace.wanjiru@example.com', '+12125550127', 'Client ', 'Wanjiru Coffee', 'Mayfair'],
  // The address of row 2 once more.
  ['Amelia', 'Hartley-Stone', 'Amelia.Hartley@example.com', '+61491570313', 'Client', '', 'Mayfair'],
  ['Mehmet', 'Yıldırım', 'mehmet.yildirim@example.net', '+46701740627', '', 'Yıldırım Halı', 'Riverside'],
  ['Anahera', 'Tūhoe', 'anahera.tuhoe@example.com', '+61491570737', 'Client', '', 'Mayfair'],
  ['সৌরভ', 'চট্টোপাধ্যায়', 'sourav.chattopadhyay@example.org', '+13125550139', 'Client', '', 'Riverside'],
  ['Isabel', 'Quispe Mamani', 'isabel.quispe@example.com', '+17135550113', '', 'Textiles Quispe', 'Mayfair'],
  ['William', 'Ashdown', 'william.ashdown@example.net', '+16175550106', 'Client', 'Ashdown & Co', 'Riverside'],
];

export const CLEAN_TEAMS = ['Mayfair', 'Riverside'];

export const CLEAN_COMPANIES = [
  '',
  '',
  'Albatross Freight',
  'Bramble & Finch',
  'Café Meridián',
  'Delacroix Optics',
  'Everglade Legal',
  'Fjord Analytics',
  'Greenhouse, Pike & Sons',
  'Harbour Street Dental',
  'Ivory Tower Books',
  'Juniper Savings',
  "O'Dwyer Haulage",
  'Söderholm Design',
];

export const CLEAN_FIRST_NAMES = [
  ...['Abigail', 'Adaeze', 'Agnès', 'Ahmed', 'Aleksandra', 'Álvaro', 'Anjali', 'Astrid', 'Bilal', 'Björn'],
  ...['Catalina', 'Chidi', 'Chloé', 'Daniel', 'Dèlia', 'Eilidh', 'Ekaterina', 'Emre', 'Fatou', 'François'],
  ...['Gabriela', 'Hana', 'Hiroshi', 'Inés', 'Jamal', 'José', 'Kavya', 'Léa', 'Mateo', 'Mei'],
  ...['Nikolai', 'Noémie', 'Olumide', 'Paweł', 'Rosalind', 'Samira', 'Thandiwe', 'Ümit', 'Yara', 'Zoltán'],
];

export const CLEAN_LAST_NAMES = [
  ...['Abernathy', 'Achterberg', 'Bañuelos', 'Bergström', 'Castellanos', 'Čapek', "D'Souza", 'Diallo', 'Eriksen'],
  ...['Farahani', 'García', 'Gutiérrez', 'Hakimi', 'Hughes', 'Ibrahim', 'Ivanova', 'Jiménez', 'Kowalczyk', 'Kruger'],
  ...['Lindgren', 'Mbeki', 'McAllister', 'Müller', 'Nakamura', 'Nguyen', "O'Connor", 'Oyelaran', 'Petrović', 'Pham'],
  ...['Quintero', 'Rasmussen', 'Saint-Clair', 'Takahashi', 'Țepeș', 'Usman', 'Vogel', 'Wickramasinghe', 'Xu', 'Zhang'],
];

interface NameList {
  /** Common given and family names, as a list of clients has them. */
  names: string;
  /** The encodings that offices of the language have saved such lists in, as iconv-lite names them. */
  encodings: string;
  /** Countries where windows-1252 is what an office saves. */
  home?: string;
}

const WESTERN = 'windows-1252 iso-8859-15 macintosh ibm850 ibm437 iso-8859-9 hproman8';
const CENTRAL = 'windows-1250 iso-8859-2 ibm852 maccenteuro';
const BALTIC = 'windows-1257 iso-8859-13 ibm775 iso-8859-4';
const CYRILLIC = 'windows-1251 iso-8859-5 koi8-r ibm866 maccyrillic';

/** Written for this test, and looked at when the margins were set; the table of letters was counted over other lists. */
export const NAME_LISTS: Readonly<Record<string, NameList>> = {
  german: {
    names:
      'Jürgen Müller|Käthe Weiß|Björn Schröder|Anna Schmidt|Jörg Krüger|Günter Böhm|Thomas Becker|Ursula Jäger|Sören Köhler|Bärbel Groß|Petra Hoffmann|Rüdiger Schäfer|Heike Lange|Götz Vogel|Dörte Kühn|Frank Hübner|Karin Voß|Ömer Yilmaz|René Winkler|Jürgen Löffler|Birgit Förster|Hans Süß|Lea König|Wolfgang Möller|Änne Brückner|Franz Österreicher',
    encodings: WESTERN,
    home: 'DE AT CH LI LU',
  },
  french: {
    names:
      'François Lefèvre|Hélène Dupont|Jérôme Müller|Chloé Béranger|Zoé Lemaître|André Noël|Geneviève Durand|Benoît Château|Gaëlle Crête|Anaïs Guérin|Stéphane Géroux|Loïc Mahé|Adèle Sébire|Émile Côté|Thérèse Bédard|Françoise Hébert|Raphaël Gagné|Agnès Forêt|Cécile Barrière|Michèle Pâquet|Véronique Thibault|Éric Lévesque|Jean Martin|Joëlle Vallée|Aimé Brûlé|Océane Bœuf',
    encodings: 'windows-1252 iso-8859-15 macintosh iso-8859-9',
    home: 'FR BE CH LU CA MC',
  },
  spanish: {
    names:
      'José García|María Núñez|Íñigo Pérez|Sofía Hernández|Andrés López|Lucía Muñoz|Raúl Gómez|Begoña Ibáñez|Jesús Martínez|Iván Ordóñez|Ángel Sánchez|Mónica Peña|Carlos Ruiz|Belén Domínguez|Óscar Jiménez|Ana Castaño|Tomás Álvarez|Inés Cañadas|Agustín Vázquez|Rocío Güell|Verónica Rincón|Héctor Suárez|Martín Díaz|Álvaro Ramírez|Concepción Yáñez|Joaquín Marín',
    encodings: WESTERN,
    home: 'ES MX AR CL CO US GB',
  },
  portuguese: {
    names:
      'João Gonçalves|Conceição Simões|Inês Araújo|José Magalhães|Antônio Conceição|Luís Guimarães|Vitória Brandão|Cláudia Leão|Sebastião Falcão|Mário Assunção|Márcia Sá|Fábio Mourão|Patrícia Esteves|Sérgio Romão|Lúcia Gusmão|Rui Costa|Estêvão Brás|Natália Leitão|Ângela Félix|Tomé Frazão|Lourenço Paixão|Verônica Galvão|Zé Roque|Débora Lobão|Flávio Beltrão|Célia Damião',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm860 iso-8859-9',
    home: 'PT BR AO MZ',
  },
  italian: {
    names:
      'Nicolò Rossi|Niccolò Forlì|Mosè Cantù|Noè Dalmà|Luca Bianchi|Giosuè Barillà|Marco Cefalù|Andrea Nardò|Salomè Patanè|Elisa Macrì|Paolo Calì|Bartolomeo Calò|Chiara Alvarò|Giulia Zappalà|Sara Laganà|Pietro Romanò|Francesco Gullì|Maria Scirè|Antonio Merlò|Rita Fazzì|Sergio Orrù|Anna Cossù|Piero Donà|Carla Cannizzarò|Filippo Trovè|Matteo Muscarà',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm437',
    home: 'IT CH SM',
  },
  dutch: {
    names:
      'Daniël de Vries|Zoë Jansen|Noël van Dijk|Chloë Bakker|Raphaël Visser|Joël Smit|Michaël Meijer|Renée Mulder|Piët de Boer|Anaïs Dekker|Gabriël Brouwer|André Hermans|Daniëlle Peeters|Loïs Willems|Maarten Reünis|Jan Groen|Thérèse Maes|Rafaël Jacobs|Joëlle Claes|Ruben Coëlho|Esmée Mertens|Noëlle Wouters|Desirée Goossens|Siënna Lemmens|Marië Geërts|Kee Koöp',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm437 iso-8859-9',
    home: 'NL BE SR',
  },
  danish: {
    names:
      'Søren Jørgensen|Mette Sørensen|Kåre Nørgaard|Bjørn Østergaard|Pia Kjær|Åse Ågård|Jørgen Højgaard|Lærke Bæk|Hanne Møller|Rasmus Skovgård|Sæbjørn Næss|Gitte Bødker|Torbjørn Brændgaard|Søs Frøkjær|Niels Grøn|Kåre Lindegård|Maja Præstegaard|Åge Ræbild|Lene Thøgersen|Jens Sønderby|Dorthe Kragh|Bo Ørsted|Ida Vestergård|Pælle Ibsen|Kirsten Hjorthøj|Ane Skjødt',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm865',
    home: 'DK NO',
  },
  norwegian: {
    names:
      'Bjørn Ødegård|Åse Håkonsen|Øyvind Sørli|Pål Bråten|Synnøve Næss|Jørgen Bjørnstad|Håvard Strøm|Kåre Hågensen|Ragnhild Sæther|Øystein Rønning|Torbjørn Sætre|Gunnhild Bøe|Asbjørn Ås|Kjærsti Bjørklund|Magnus Dahl|Solbjørg Nygård|Tøger Hansen|Ingebjørg Løken|Håkon Myhrvåg|Vår Tønnesen|Marit Bø|Børge Grønli|Østen Haugård|Sølvi Aasgård|Åshild Fjørtoft|Ståle Kvåle',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm865 iso-8859-10',
    home: 'NO DK',
  },
  swedish: {
    names:
      'Åsa Lindström|Göran Sjöberg|Björn Åkesson|Märta Öberg|Håkan Bäckström|Jörgen Nyström|Kerstin Sjögren|Sören Hägglund|Örjan Löfgren|Pär Åström|Gösta Strömberg|Ulla Törnqvist|Torbjörn Wikström|Bengt Nilsson|Märit Ekström|Åke Hallström|Östen Blomkvist|Görel Källström|Anders Mårtensson|Mårten Forsbäck|Pia Höglund|Rune Söderlund|Ingegärd Ståhl|Jan-Åke Häll|Annelie Norén|Lars Lidén',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm437 iso-8859-10',
    home: 'SE FI',
  },
  finnish: {
    names:
      'Päivi Mäkinen|Väinö Hämäläinen|Seppo Jääskeläinen|Yrjö Kärkkäinen|Terttu Mäkelä|Jyrki Lähteenmäki|Pentti Väisänen|Liisa Hyvärinen|Mika Häkkinen|Äijä Törmänen|Sirpa Pöyhönen|Jarkko Nieminen|Tiina Rämö|Kyösti Kähkönen|Merja Pöllänen|Kaarina Leppänen|Antti Räsänen|Sölvi Åberg|Hannu Kääriäinen|Marjo Tähtinen|Timo Räikkönen|Päiviö Sääksjärvi|Elli Sillanpää|Aino Ylitalo|Eero Järvi|Jussi Vähälä',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm437 iso-8859-10',
    home: 'FI SE',
  },
  icelandic: {
    names:
      'Guðrún Jónsdóttir|Þórður Sigurðsson|Björk Guðmundsdóttir|Sæmundur Þorláksson|Ásta Björnsdóttir|Einar Örn|Sigríður Ólafsdóttir|Þorsteinn Gíslason|Kristín Halldórsdóttir|Friðrik Árnason|Ingibjörg Þórarinsdóttir|Höskuldur Steinþórsson|Æsa Ragnarsdóttir|Óðinn Jóhannesson|Hildur Ýr|Davíð Hávarðsson|Þóra Benediktsdóttir|Jökull Stefánsson|Valgerður Sæmundsdóttir|Bárður Egilsson|Íris Ósk|Gauti Þeyr|Sólveig Magnúsdóttir|Hallgrímur Helgason|Rúnar Freyr|Bryndís Eiríksdóttir',
    encodings: 'windows-1252 iso-8859-15 maciceland ibm861 ibm850 iso-8859-10',
    home: 'IS',
  },
  irish: {
    names:
      'Seán Ó Briain|Siobhán Ní Dhónaill|Pádraig Ó Súilleabháin|Róisín Byrne|Máire Ní Chonaill|Caoimhín Doyle|Gráinne Walsh|Ciarán Kelly|Sinéad O’Connor|Éamon de Valera|Orla Murphy|Tomás Ó Ceallaigh|Bríd Nolan|Éabha Ryan|Cathal Ó Séaghdha|Dáithí Burke|Fionnuala Ní Bhriain|Cáit Dunne|Áine Gallagher|Séamus Heaney|Liam Neeson|Mícheál Ó Sé|Nuala Quinn|Ruairí Lynch|Sorcha Ní Riain|Aoibhín Power',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850 ibm437',
    home: 'IE GB',
  },
  'in English lists': {
    names:
      'José Martinez|Zoë Taylor|Renée Clark|Siân Evans|Seán Kelly|Chloë Brown|Anne Müller|François Tremblay|Björn Larsen|Mary Smith|Noël Coward|Beyoncé Jones|Inés Rodríguez|Charlotte Brontë|Søren Hansen|André Dupré|John Núñez|Lucía Hernández|Thérèse Roy|Siobhán Walsh|David Peña|Jürgen Schmidt|Maria Gonçalves|Hélène Bouchard|Raúl Gómez|Carlos Muñoz',
    encodings: 'windows-1252 iso-8859-15 macintosh ibm850',
    home: 'US GB IE CA AU NZ',
  },
  polish: {
    names:
      'Łukasz Wójcik|Małgorzata Kamińska|Paweł Dąbrowski|Agnieszka Zielińska|Stanisław Woźniak|Jan Kowalski|Bożena Kozłowska|Grzegorz Jabłoński|Michał Wiśniewski|Elżbieta Świątek|Wojciech Szymański|Zofia Mazur|Krzysztof Król|Rafał Gołąb|Żaneta Źrebiec|Mirosław Sobczyński|Bogusława Pająk|Dariusz Ślusarczyk|Józef Zając|Jarosław Błaszczyk|Halina Czyż|Józefa Gąsior|Łucja Kuź|Zbigniew Brzęk',
    encodings: `${CENTRAL} windows-1257 iso-8859-13`,
  },
  czech: {
    names:
      'Tomáš Dvořák|Jiří Novák|Lucie Černá|Kateřina Procházková|Zdeněk Kučera|Václav Veselý|Eliška Růžičková|Ondřej Šimek|Barbora Říhová|Štěpán Žák|Jan Novotný|Anežka Bartoš|Lukáš Němec|Markéta Ševčíková|Přemysl Čapek|Radka Kovářová|Aleš Hájek|Bohumil Ďuriš|Zuzana Křížová|Miloš Zelený|Blažena Tichá|Dušan Blažek|Alžběta Jelínková|Petr Čech',
    encodings: CENTRAL,
  },
  slovak: {
    names:
      'Ľubomír Kováč|Mária Horváthová|Štefan Tóth|Žofia Čierna|Ján Ďurica|Zuzana Krajčová|Juraj Hudák|Ľudmila Šťastná|Tomáš Ondrejka|Michal Kôň|Jozef Ňaršík|Andrej Hruška|Ivana Polláková|Božena Líšková|Matúš Žilka|Peter Mäsiar|Lucia Vrábľová|Dušan Oravec|Soňa Kráľová|Miroslav Gašpar',
    encodings: CENTRAL,
  },
  hungarian: {
    names:
      'Gergő Szűcs|Péter Erdős|Zsófia Kovács|Ágnes Tóth|László Németh|Ödön Hegedűs|Katalin Szőke|Györgyi Fűzfa|Dániel Győri|Júlia Kertész|István Nagy|Jenő Mező|Erzsébet Bődör|Árpád Vörös|Réka Balázs|Ernő Rubik|Bálint Sárközi|Emőke Deák|Ferenc Puskás|Lőrinc Mészáros|Éva Gárdonyi|Zoltán Kodály|Margit Török|Győző Hűvös',
    encodings: `${CENTRAL} iso-8859-16`,
  },
  romanian: {
    names:
      'Ştefan Ionescu|Mădălina Popescu|Ioana Bălan|Răzvan Ţepeş|Cătălin Munteanu|Ana Brâncuşi|Ilinca Enăchescu|Mircea Stănescu|Gheorghe Tăriceanu|Ruxandra Râpeanu|Mihai Căpraru|Anişoara Niţă|Bogdan Lăzărescu|Ion Ţurcanu|Simona Vîlcu|Sânziana Grigoraş|Raluca Pătraşcu|Octavian Goşa|Ţuţu Ştirbu|Florin Dăscălescu',
    encodings: CENTRAL,
  },
  croatian: {
    names:
      'Željko Horvat|Ana Kovačević|Šime Babić|Đurđica Marić|Ivan Jurić|Nikša Perić|Marija Novaković|Krešimir Čilić|Lovro Knežević|Branka Vuković|Tomislav Blažević|Snježana Matić|Dražen Petrović|Mate Šimić|Jelena Pavlović|Božo Grgić|Ćiro Blaž|Dubravka Šuica|Hrvoje Čuljak|Anđela Vidović',
    encodings: `${CENTRAL} maccroatian`,
  },
  'serbian in Latin letters': {
    names:
      'Đorđe Jovanović|Miloš Petrović|Željka Nikolić|Živojin Mišić|Jelena Đurić|Nenad Stojanović|Ljiljana Ilić|Saša Đorđević|Dušan Pavlović|Nebojša Stanković|Čedomir Kostić|Svetlana Živković|Žarko Lazić|Aleksandar Vučić|Ružica Đokić|Novak Đoković|Uroš Simić|Boško Ćosić',
    encodings: CENTRAL,
  },
  slovenian: {
    names:
      'Matjaž Novak|Špela Kovačič|Žiga Petrič|Janez Zupančič|Maja Jerič|Črtomir Žagar|Tine Kovač|Urška Kočevar|Miloš Rozman|Blaž Hočevar|Anže Kopitar|Luka Dončić|Tjaša Šuštar|Aljaž Bedene|Barbara Čeh|Jože Pučnik|Nejc Krč|Katja Vidmar',
    encodings: `${CENTRAL} maccroatian`,
  },
  albanian: {
    names:
      'Agim Çela|Besnik Përmeti|Drita Gërvalla|Ëngjëll Shehu|Fatos Kryëziu|Gëzim Berisha|Luljeta Çami|Përparim Hoxha|Shpëtim Dërguti|Vjollca Bërdica|Arbën Malë|Flutura Çobani',
    encodings: 'windows-1250 windows-1252 iso-8859-2 macintosh',
  },
  turkish: {
    names:
      'Ayşe Yılmaz|Işıl Doğan|Mehmet Öztürk|Gülşen Şahin|Çağlar Yıldız|İbrahim Çelik|Özgür Kılıç|Şükrü Güneş|Tuğba Aydın|Ümit Koç|Hüseyin Kaya|Fatma Yıldırım|Oğuz Bağcı|Gökçe Işık|Sıla Şimşek|Barış Çağatay|Nazım Akın|Ebru Aslan|İlkay Gündoğan|Ömer Aşık|Ozan Doğulu|Zeynep Tığlı',
    encodings: 'windows-1254 iso-8859-9 ibm857 macturkish iso-8859-3',
  },
  lithuanian: {
    names:
      'Žydrūnas Kazlauskas|Rūta Žukauskienė|Jonas Šimkus|Eglė Čepaitė|Vytautas Paulauskas|Ąžuolas Bružas|Kęstutis Petraitis|Dovilė Urbonienė|Gintarė Sakalauskaitė|Šarūnas Jasikevičius|Agnė Balčiūnaitė|Mindaugas Kairys|Živilė Raudonė|Algirdas Brazauskas|Miglė Šulcė|Petras Gudžiūnas|Ugnė Kavaliauskaitė|Birutė Valaitė',
    encodings: BALTIC,
  },
  latvian: {
    names:
      'Jānis Bērziņš|Ģirts Kalniņš|Līga Ozoliņa|Kārlis Ķēniņš|Ļena Šķēle|Inguna Zariņa|Māris Liepiņš|Žanis Āboliņš|Ilze Krūmiņa|Pēteris Vītols|Raimonds Pauls|Aigars Šmits|Dzintra Čakša|Guntis Ūdris|Elīna Garanča|Andris Nelsons|Vaira Vīķe|Žanete Grīnberga|Krišjānis Barons|Mārtiņš Roķis',
    encodings: BALTIC,
  },
  estonian: {
    names:
      'Tõnu Kõiv|Ülle Mägi|Jüri Põder|Märt Sõber|Õie Lõhmus|Kersti Käär|Mihkel Tamm|Külli Teder|Žanna Šmidt|Jaan Tõnisson|Rein Võsu|Urmas Sõõrumaa|Pärt Järv|Kadri Rüütel|Öö Pööris|Mall Püvi|Toomas Ilves|Ants Nõmmik|Rünno Säär|Tiit Sokk',
    encodings: `${BALTIC} iso-8859-15`,
  },
  vietnamese: {
    names:
      'Nguyễn Văn Đức|Trần Thị Hồng|Lê Minh Tuấn|Phạm Quốc Bảo|Hoàng Anh Dũng|Vũ Thị Lan|Đặng Hữu Phước|Bùi Thanh Hà|Đỗ Mỹ Linh|Hồ Ngọc Hân|Ngô Bảo Châu|Dương Tường|Lý Nhã Kỳ|Phan Châu Trinh|Trịnh Công Sơn|Võ Nguyên Giáp',
    encodings: 'windows-1258 tcvn viscii',
  },
  maltese: {
    names: 'Ġorġ Borġ|Żeppi Ċini|Ħamrun Għawdxi|Ġużè Ħili|Ċensa Żahra|Kelinu Vella|Ġakbu Żammit|Ħelena Buġeja',
    encodings: 'iso-8859-3',
  },
  welsh: {
    names: 'Siân Llŷr|Dŵynwen Prŷs|Gwên Môn|Ŵyn Huws|Tŷ Glân|Llŷr Gwyn|Ffŵnd Jônes|Rhŷs Iâl',
    encodings: 'iso-8859-14',
  },
  russian: {
    names:
      'Иван Петров|Юлия Щербакова|Сергей Кузнецов|Наталья Соловьёва|Яна Цветкова|Дмитрий Лебедев|Ольга Морозова|Алексей Чернышёв|Екатерина Жукова|Ия Ли|Пётр Шульц|Эдуард Ющенко',
    encodings: CYRILLIC,
  },
  ukrainian: {
    names: 'Олена Шевченко|Їжакевич Іван|Тарас Бойко|Ганна Коваль|Євген Гриценко|Юрій Ткачук|Ніна Мельник|Іван Франко',
    encodings: 'windows-1251 koi8-u iso-8859-5',
  },
  bulgarian: {
    names: 'Георги Димитров|Мария Иванова|Ивайло Петков|Цветелина Стоянова|Йордан Йовков|Христо Ботев|Ангел Кънчев',
    encodings: CYRILLIC,
  },
  'serbian in Cyrillic letters': {
    names: 'Ђорђе Јовановић|Милош Обилић|Љубица Живковић|Његош Петровић|Џејн Ковачевић|Ћира Станић|Жељко Шашић',
    encodings: 'windows-1251 iso-8859-5 maccyrillic',
  },
  greek: {
    names:
      'Γιώργος Παπαδόπουλος|Ελένη Νικολάου|Δημήτρης Οικονόμου|Άννα Βασιλείου|Ιωάννης Γεωργίου|Μαρία Χριστοφή|Ζωή Ξένου|Χρήστος Ψαρράς',
    encodings: 'windows-1253 iso-8859-7 ibm737 macgreek ibm869',
  },
  hebrew: {
    names: 'נועה כהן|יוסף לוי|שרה מזרחי|דוד פרץ|רחל ביטון|משה דהן|אברהם אברהם|תמר פרידמן|איתי מלכה|עדי אזולאי',
    encodings: 'windows-1255 iso-8859-8 ibm862',
  },
  arabic: {
    names: 'محمد أحمد|فاطمة الزهراء|علي حسن|خالد عبدالله|نورة السعيد|يوسف إبراهيم|ليلى منصور|عمر فاروق|سارة القحطاني',
    encodings: 'windows-1256 iso-8859-6',
  },
  persian: {
    names: 'محمد رضایی|زهرا حسینی|علی پورمحمدی|مریم کریمی|پریسا گلزار|چنگیز ژاله|رضا شاهرخ|نگار جعفری',
    encodings: 'windows-1256',
  },
  thai: {
    names: 'สมชาย ใจดี|สุดา ศรีสุข|ประเสริฐ วงศ์ไทย|มาลี แก้วมณี|วิชัย ทองคำ|อรุณ รุ่งเรือง|พิมพ์ใจ บุญมี',
    encodings: 'windows-874 tis620',
  },
  chinese: {
    names: '王伟|李娜|张敏|刘洋|陈静|杨帆|赵磊|黄丽|周强|吴秀英|徐静|孙艳|毛伟|罗莉|马超|郭涛|何平|高翔|林峰|郑爽',
    encodings: 'gbk gb18030 euccn',
  },
  'traditional chinese': {
    names: '陳志明|林美玲|黃淑芬|張雅婷|李建宏|王怡君|吳宗翰|劉俊傑|蔡佩珊|楊惠如|許功蓋|鄭家豪|謝欣怡|郭冠宇|洪詩涵',
    encodings: 'big5 big5hkscs',
  },
  japanese: {
    names:
      '佐藤 健|鈴木 さくら|高橋 大輔|田中 花子|渡辺 翔太|伊藤 美咲|山本 恵|中村 ポール|小林 陽菜|加藤 ﾊﾅｺ|吉田 蓮|恵 表',
    encodings: 'shift_jis euc-jp',
  },
  korean: {
    names: '김현우|이지은|박서준|최민수|정유진|강하늘|조인성|윤아름|장동건|임수정|한지민|오세훈|서강준|신민아|권혁수',
    encodings: 'euc-kr cp949',
  },
};

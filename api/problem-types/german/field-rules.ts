/** Rules of fields that the forms of the page can break, by their English sentences. */
export const GERMAN_RULES: Readonly<Record<string, string>> = {
  'Must be one line of text, without control characters': 'Muss eine Zeile Text ohne Steuerzeichen sein',
  'Must be one line of 1 to 100 characters': 'Muss eine Zeile von 1 bis 100 Zeichen sein',
  'Contains a zero byte or half a character': 'Enthält ein Nullbyte oder ein halbes Zeichen',
  'Must be a time of day, such as 08:00': 'Muss eine Uhrzeit sein, etwa 08:00',
  'Must not begin and end at the same time': 'Darf nicht zur selben Zeit beginnen und enden',
  'Must be a time zone, such as Europe/London': 'Muss eine Zeitzone sein, etwa Europe/Berlin',
  'Must be a time and its time zone, when-applied, or null':
    'Muss eine Uhrzeit mit ihrer Zeitzone sein, when-applied oder null',
  'Must be the two letters of a country, such as GB, or null': 'Müssen die zwei Buchstaben eines Landes sein, etwa DE',
  'Must be a language tag, such as de or fr-CH (BCP 47)': 'Muss ein Sprachkürzel sein, etwa de oder fr-CH',
  'Must be a name alone, without an address or < > " @': 'Muss ein Name allein sein, ohne Adresse und ohne < > " @',
  'Must be one e-mail address, such as team@example.com': 'Muss eine E-Mail-Adresse sein, etwa team@example.com',
  'Must be the three letters of a currency, such as EUR (ISO 4217)':
    'Müssen die drei Buchstaben einer Währung sein, etwa EUR',
  'Must be in the future': 'Muss in der Zukunft liegen',
  'A client team needs at least one staff member: name existing ones here, or a new one as firstStaff':
    'Ein Kundenteam braucht mindestens eine Person: eine, die schon da ist, oder eine neue',
};

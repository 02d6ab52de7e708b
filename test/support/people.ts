import { stringify } from 'csv-stringify/sync';

export interface Person {
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  role: string;
  company: string;
  group: string;
}

export const HEADER = ['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Company', 'Group Identifier'];

/** Area codes in which 555-0100 to 555-0199 is reserved for fiction, but valid to libphonenumber. Without 202, where the sandbox gives some numbers a meaning. */
const AREA_CODES = [
  203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 220, 224, 225, 228, 229, 231, 234, 239,
  240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 272, 276, 281, 301, 302, 303, 304, 305, 307, 308, 309,
  310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330, 331, 334, 336, 337, 339, 346, 347, 351, 352,
  360, 361, 364, 380, 385, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419, 423, 424,
  425, 430, 432, 434, 435, 440, 442, 443, 458, 469, 470, 475, 478, 479, 480, 484, 501, 502, 503, 504, 505, 507, 508,
  509, 510, 512, 513, 515, 516, 517, 518, 520, 530, 531, 539, 540, 541,
];

/** Valid people, all different. `tag` distinguishes files by address, `from` by phone number. */
export function people(
  count: number,
  tag: string,
  change: (person: Person, i: number) => Partial<Person> = () => ({}),
  from = 0,
): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const person: Person = {
      firstName: `Given${i}`,
      lastName: `Family${i}`,
      email: `person${i}.${tag}@example.com`,
      mobile: mobileNumber(from + i),
      role: '',
      company: '',
      group: i % 2 === 0 ? 'Mayfair' : 'Riverside',
    };
    return { ...person, ...change(person, i) };
  });
}

/** The i-th of 12,900 different numbers. */
export const mobileNumber = (i: number): string =>
  `+1${AREA_CODES[Math.floor(i / 100) % AREA_CODES.length]}55501${String(i % 100).padStart(2, '0')}`;

export const toCsv = (rows: Person[]): string =>
  stringify([HEADER, ...rows.map((p) => [p.firstName, p.lastName, p.email, p.mobile, p.role, p.company, p.group])]);

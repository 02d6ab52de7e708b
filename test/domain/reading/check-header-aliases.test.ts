import { checkHeaderAliases } from '../../../domain/reading/header/check-header-aliases';
import type { HeaderAliases } from '../../../domain/reading/header/header-aliases';

describe('The headers of an organisation’s own', () => {
  test.each<[string, HeaderAliases, [key: string, index: number][]]>([
    ['each stand for one column', { firstName: ['Rufname'], group: ['Filiale', 'Branch'] }, []],
    ['repeat the template’s own', { email: ['Email', 'E-MAIL'] }, []],
    [
      'stand for two columns',
      { firstName: ['Name 1'], lastName: ['Haus', 'NAME-1'] },
      [
        ['firstName', 0],
        ['lastName', 1],
      ],
    ],
    ['are the template’s header of another column', { company: ['Sparte', 'group identifier'] }, [['company', 1]]],
    ['are the header of the other template', { group: ['Client Teams'] }, [['group', 0]]],
    ['are used for another column by others', { lastName: ['Vorname'] }, []],
    ['stand for columns that no template has both of', { group: ['Abteilung'], teams: ['Abteilung'] }, []],
    ['hold neither letter nor digit', { role: ['Stellung', '---'] }, [['role', 1]]],
  ])('When they %s, then these are refused: %j → %j', (_what, own, refused) => {
    expect(checkHeaderAliases(own).map(({ key, index }) => [key, index])).toEqual(refused);
  });
});

import {
  contentPlaceholders,
  handlebarsVariables,
  templateWarnings,
} from '../../../domain/message-texts/template-check';

describe('What a template of a provider asks for', () => {
  test.each([
    ['Hello {{firstName}}, {{{link}}}', ['firstName', 'link']],
    ['{{ firstName }}{{firstName}}', ['firstName']],
    ['{{#if company}}at {{company}}{{else}}{{organisation}}{{/if}}', ['company', 'organisation']],
    ['{{#each items}}{{this.name}} {{@index}}{{/each}}', ['items']],
    ['{{insert firstName "default=dear customer"}}', ['firstName']],
    ["{{#equals lastName 'Lee'}}{{user.name}}{{else if link}}x{{/equals}}", ['lastName', 'user', 'link']],
    ['{{! a comment }}{{> partial}}{{@root.link}}', ['link']],
    ['{{{unsubscribe}}} {{Sender_Name}} {{Sender_City}}', []],
    ['no variables', []],
  ])('of %s: %j', (template, variables) => {
    expect(handlebarsVariables(template)).toEqual(variables);
  });

  test('of content of Twilio, in each of its types', () => {
    const types = {
      'twilio/text': { body: 'Hi {{firstName}}: {{link}}' },
      'twilio/call-to-action': { body: '{{ 1 }}', actions: [{ url: '{{link}}' }] },
    };
    expect(contentPlaceholders(types)).toEqual(['firstName', 'link', '1']);
    expect(contentPlaceholders(undefined)).toEqual([]);
  });

  test('A missing link and unknown variables are told, known ones are not', () => {
    expect(templateWarnings(['firstName', 'lastName', 'organisation', 'link'])).toEqual([]);
    expect(templateWarnings(['first_name'])).toMatchObject([
      { code: 'no-link', variable: null },
      { code: 'unknown-variable', variable: 'first_name' },
    ]);
  });
});

/** Schemas of RFC 7643 that a client of the organisation is described by, and messages of RFC 7644. */
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const SERVICE_PROVIDER_CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
export const RESOURCE_TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
export const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

interface AttributeOptions {
  multiValued?: boolean;
  description: string;
  required?: boolean;
  caseExact?: boolean;
  mutability?: 'readOnly' | 'readWrite' | 'immutable';
  returned?: 'default' | 'always';
  uniqueness?: 'none' | 'server';
  canonicalValues?: string[];
}

interface Attribute extends Required<Omit<AttributeOptions, 'canonicalValues'>> {
  name: string;
  type: 'string' | 'boolean' | 'complex';
  canonicalValues?: string[];
  subAttributes?: Attribute[];
}

const attribute = (name: string, type: Attribute['type'], options: AttributeOptions): Attribute => ({
  ...{ name, type, multiValued: false, required: false, caseExact: false },
  ...{ mutability: 'readWrite', returned: 'default', uniqueness: 'none' },
  ...options,
});
const complex = (name: string, options: AttributeOptions, subAttributes: Attribute[]): Attribute => ({
  ...attribute(name, 'complex', options),
  subAttributes,
});
const text = (name: string, description: string, more: Partial<AttributeOptions> = {}): Attribute =>
  attribute(name, 'string', { description, ...more });

const primary = attribute('primary', 'boolean', { description: 'Always true: the one that is invited.' });

/** The attributes that are kept. Others are taken and forgotten, as RFC 7644, section 3.3, has it. */
export const SCHEMAS = [
  {
    schemas: [SCHEMA],
    id: USER,
    name: 'User',
    description: 'A client of the organisation.',
    attributes: [
      text('userName', 'What the identity provider calls the client, mostly the address.', {
        ...{ required: true, uniqueness: 'server', returned: 'always' },
      }),
      complex('name', { description: 'The name.', required: true }, [
        text('familyName', 'The last name.', { required: true }),
        text('givenName', 'The first name.', { required: true }),
      ]),
      text('displayName', 'First and last name.', { mutability: 'readOnly' }),
      complex(
        'emails',
        {
          description:
            'The address that is invited; one is kept. A client who has not joined is invited anew at another one.',
          multiValued: true,
        },
        [text('value', 'The address.'), text('type', 'Always `work`.', { canonicalValues: ['work'] }), primary],
      ),
      complex(
        'phoneNumbers',
        { description: 'The mobile that is invited; one is kept.', multiValued: true, required: true },
        [
          text('value', 'The number, in any reading; E.164 is kept.', { required: true }),
          text('type', 'Always `mobile`.', { canonicalValues: ['mobile'] }),
          primary,
        ],
      ),
      text('preferredLanguage', 'The language of messages, as a BCP 47 tag.'),
      attribute('active', 'boolean', {
        description: 'False for a client who was withdrawn: no link to them works, and no message is sent.',
      }),
    ],
    meta: { resourceType: 'Schema', location: `/scim/v2/Schemas/${USER}` },
  },
  {
    schemas: [SCHEMA],
    id: ENTERPRISE_USER,
    name: 'EnterpriseUser',
    description: 'Where a client belongs.',
    attributes: [text('department', 'The client team, by its name.'), text('organization', 'The company.')],
    meta: { resourceType: 'Schema', location: `/scim/v2/Schemas/${ENTERPRISE_USER}` },
  },
];

export const RESOURCE_TYPES = [
  {
    schemas: [RESOURCE_TYPE],
    ...{ id: 'User', name: 'User', endpoint: '/Users', schema: USER, description: 'Clients.' },
    schemaExtensions: [{ schema: ENTERPRISE_USER, required: false }],
    meta: { resourceType: 'ResourceType', location: '/scim/v2/ResourceTypes/User' },
  },
];

/** The most resources of a page. */
export const MAX_RESULTS = 200;

export const CONFIG = {
  schemas: [SERVICE_PROVIDER_CONFIG],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MAX_RESULTS },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'API key',
      description: 'A key of a user administrator or system administrator, or a token of the OpenID provider.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: '/scim/v2/ServiceProviderConfig' },
};

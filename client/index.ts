import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { components, paths } from './schema';

/** The schemas of the API's answers and bodies, by name: `Schemas['Import']`. */
export type Schemas = components['schemas'];
export type ApiPaths = Client<paths>;

export interface ClientOptions {
  /** Where the API is, without a slash at its end. */
  baseUrl: string;
  /** A key of the organisation. */
  key: string;
  fetch?: (request: Request) => Promise<Response>;
}

/** A client of the API. Its routes, parameters, bodies and answers have the types of `docs/openapi.json`. */
export const createApi = ({ baseUrl, key, fetch }: ClientOptions): ApiPaths =>
  createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` }, ...(fetch && { fetch }) });

import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { components, paths } from './schema';

/** The schemas of the API's answers and bodies, by name: `Schemas['Import']`. */
export type Schemas = components['schemas'];
export type ApiPaths = Client<paths>;

export interface ClientOptions {
  /** Where the API is, without a slash at its end. */
  baseUrl: string;
  /** A key of the organisation. Without one, a browser sends the cookie of whoever is signed in. */
  key?: string;
  headers?: Record<string, string>;
  fetch?: (request: Request) => Promise<Response>;
}

/** A client of the API. Its routes, parameters, bodies and answers have the types of `docs/openapi.json`. */
export const createApi = ({ baseUrl, key, headers, fetch }: ClientOptions): ApiPaths =>
  createClient<paths>({
    baseUrl,
    headers: { ...headers, ...(key !== undefined && { Authorization: `Bearer ${key}` }) },
    ...(fetch && { fetch }),
  });

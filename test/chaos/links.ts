import type { LocalSettings } from '../../local/settings/settings';
import { startTcpProxy } from '../support/tcp-proxy';
import type { LinkState, TcpProxy } from '../support/tcp-proxy';
import type { Detours } from './services';

export const LINKS = ['api-mongo', 'worker-mongo', 'worker-temporal', 'worker-providers'] as const;
export type LinkName = (typeof LINKS)[number];

export interface Links {
  /** Variables that lead our programs over the links. */
  detours: Detours;
  set(name: LinkName, state: LinkState): void;
  /** How often the last state set has taken effect. */
  struck(name: LinkName): number;
  close(): Promise<void>;
}

const NONE: Links = {
  detours: { api: {}, worker: {} },
  set() {
    throw new Error('The product was started without links');
  },
  struck: () => 0,
  close: async () => undefined,
};

/** Proxies for the four links between our programs and their servers. */
export async function startLinks({ mongodb, temporal, sandbox }: LocalSettings, wanted: boolean): Promise<Links> {
  if (!wanted) return NONE;
  const to = (port: number): Promise<TcpProxy> => startTcpProxy({ host: '127.0.0.1', port });
  const proxies: Record<LinkName, TcpProxy> = {
    'api-mongo': await to(mongodb!.port),
    'worker-mongo': await to(mongodb!.port),
    'worker-temporal': await to(temporal!.port),
    'worker-providers': await to(sandbox!.port),
  };
  // Without `directConnection` the driver would learn the server's own address, and bypass the link.
  const mongoUri = (link: LinkName): string => `mongodb://127.0.0.1:${proxies[link].port}/?directConnection=true`;
  const providers = `http://127.0.0.1:${proxies['worker-providers'].port}`;
  return {
    detours: {
      api: { MONGODB_URI: mongoUri('api-mongo') },
      worker: {
        MONGODB_URI: mongoUri('worker-mongo'),
        TEMPORAL_ADDRESS: `127.0.0.1:${proxies['worker-temporal'].port}`,
        TWILIO_BASE_URL: providers,
        SENDGRID_BASE_URL: providers,
      },
    },
    set: (name, state) => proxies[name].set(state),
    struck: (name) => proxies[name].struck(),
    close: async () => void (await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))),
  };
}

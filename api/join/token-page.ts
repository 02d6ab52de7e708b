import { z } from 'zod';
import { LANGUAGES } from './languages/index';

export const PAGE = { 'text/html': '<!doctype html>' };

/** A page whose reader has a token from a message. `unknown` is said of a token that nothing can have. */
export const tokenPage = <const Path extends `/${string}/{token}`>(
  path: Path,
  { unknown, token }: { unknown: string; token: string },
) =>
  ({
    path,
    tag: 'Invitations',
    access: 'token',
    params: z.object({
      token: z
        .string()
        .min(1)
        .max(200, { error: unknown })
        .meta({ description: token, examples: ['Zk3u0b8Qm1xTAAAA'] }),
    }),
    problemsAsPages: true,
  }) as const;

/** Programs that handle mail add parameters of their own and change others: whatever they make of them, the person gets the page. */
export const passedOver = (description: string) => z.string().optional().catch(undefined).meta({ description });

export const lang = passedOver(
  `Language of the page: ${LANGUAGES.join(', ')}. Without one of them, the best that \`Accept-Language\` asks for.`,
);

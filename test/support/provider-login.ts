/** What somebody does in a browser at the provider of `oidc-issuer.ts`, without the browser. */

const TYPES = { 'Content-Type': 'application/x-www-form-urlencoded' };

/**
 * Signs in under a name from the address of an authorization request, or gives up at the form. Returns the address to which the provider
 * sends the browser back, which is not asked for.
 */
export async function signInAtProvider(address: string, name: string | undefined): Promise<string> {
  const provider = new URL(address).origin;
  const cookies = new Map<string, string>();
  const ask = async (url: string, body?: string): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; '), ...(body && TYPES) },
      ...(body !== undefined && { method: 'POST', body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [key = '', value = ''] = cookie.split(';')[0]!.split('=');
      cookies.set(key, value);
    }
    return response;
  };

  let next = address;
  for (let step = 0; step < 12; step++) {
    const response = await ask(next);
    const location = response.headers.get('Location');
    if (location !== null) {
      next = new URL(location, provider).href;
      if (!next.startsWith(provider)) return next;
      continue;
    }
    const html = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1];
    if (prompt === undefined) throw new Error(`The provider shows ${response.status} ${html.slice(0, 300)}`);
    if (name === undefined) next = `${next}/abort`;
    else {
      const fields = { prompt, ...(prompt === 'login' && { login: name, password: 'x' }) };
      const answer = await ask(next, new URLSearchParams(fields).toString());
      next = new URL(answer.headers.get('Location')!, provider).href;
    }
  }
  throw new Error('The provider does not send the browser back');
}

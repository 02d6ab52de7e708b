import type { ApiPaths, Schemas } from '../../client/index';

export type TextView = Schemas['MessageText'];
export type TextContent = Schemas['TextContent'];
export type TextPreview = Schemas['TextPreview'];

type DataOf = <T>(asked: Promise<{ response: Response; data?: T; error?: unknown }>) => Promise<T>;

/** The texts of messages, by ids such as `email:de-AT`. */
export function createTexts(api: ApiPaths, dataOf: DataOf) {
  const at = (id: string) => ({ params: { path: { id } } }) as const;
  return {
    listTexts: async (): Promise<TextView[]> => (await dataOf(api.GET('/v1/texts'))).data,
    findText: (id: string): Promise<Schemas['MessageTextWithVersions']> => dataOf(api.GET('/v1/texts/{id}', at(id))),
    saveText: (id: string, body: TextContent & { replaces?: number }): Promise<TextView> =>
      dataOf(api.PUT('/v1/texts/{id}', { ...at(id), body })),
    removeText: async (id: string): Promise<void> => void (await dataOf(api.DELETE('/v1/texts/{id}', at(id)))),
    restoreText: (id: string, version: number): Promise<TextView> =>
      dataOf(api.POST('/v1/texts/{id}/restorations', { ...at(id), body: { version } })),
    previewText: (
      id: string,
      body: { content?: TextContent; row?: { import: string; line: number } },
    ): Promise<TextPreview> => dataOf(api.POST('/v1/texts/{id}/previews', { ...at(id), body })),
    testText: (id: string, staff: string): Promise<Schemas['SentTest']> =>
      dataOf(api.POST('/v1/texts/{id}/tests', { ...at(id), body: { staff } })),
  };
}

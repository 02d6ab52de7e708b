import type { Channel } from '../../contract/invitation';
import { keyOfText } from '../../domain/message-texts/message-text';
import type { MessageText, TextPlace } from '../../domain/message-texts/message-text';
import type { OwnTexts } from '../../domain/message-texts/choose-text';
import type { Collections, OrganisationDoc } from '../documents';
import { isDuplicateKey } from '../duplicates';
import type { CurrentTexts, MessageTextDoc } from './message-text-doc';

/** Versions that a process remembers. */
const MAX_REMEMBERED = 500;
const LONGEST_HISTORY = 200;

/**
 * The texts that organisations send in place of the built-in ones. An organisation names its current versions itself, so that who has
 * read it knows them.
 */
export function createMessageTexts({
  messageTexts,
  organisations,
}: Pick<Collections, 'messageTexts' | 'organisations'>) {
  const remembered = new Map<string, MessageText>();

  /** Makes a version the current one; `null` gives the built-in text back. False if `expected` is not the current version. */
  async function choose(
    organisationId: string,
    { channel, language }: TextPlace,
    version: number | null,
    expected?: number,
  ): Promise<boolean> {
    const field = `texts.${channel}.${language}`;
    const guard = expected === undefined ? {} : { [field]: expected === 0 ? { $exists: false } : expected };
    const { matchedCount } = await organisations.updateOne(
      { _id: organisationId, ...guard },
      version === null ? { $unset: { [field]: '' } } : { $set: { [field]: version } },
    );
    return matchedCount === 1;
  }

  return {
    /** The current texts of an organisation. Asks the database for versions alone that this process has not read yet. */
    async current({ _id, texts }: Pick<OrganisationDoc, '_id' | 'texts'>): Promise<OwnTexts> {
      const own = new Map<string, MessageText>();
      const missing: string[] = [];
      for (const { id, key } of idsOfCurrent(_id, texts)) {
        const text = remembered.get(id);
        if (text) own.set(key, text);
        else missing.push(id);
      }
      if (missing.length === 0) return own;
      const found = await messageTexts.find({ _id: { $in: missing } }).toArray();
      if (remembered.size + found.length > MAX_REMEMBERED) remembered.clear();
      for (const version of found) {
        remembered.set(version._id, version.text);
        own.set(keyOfText(version), version.text);
      }
      return own;
    },

    /** The versions of one text, the newest first. */
    versions: (organisationId: string, { channel, language }: TextPlace): Promise<MessageTextDoc[]> =>
      messageTexts.find({ organisationId, channel, language }).sort({ version: -1 }).limit(LONGEST_HISTORY).toArray(),

    find: (organisationId: string, place: TextPlace, version: number): Promise<MessageTextDoc | null> =>
      messageTexts.findOne({ _id: versionId(organisationId, place, version) }),

    /** When the current versions were saved, by `keyOfText`. */
    async savedAt({ _id, texts }: Pick<OrganisationDoc, '_id' | 'texts'>): Promise<Map<string, Date>> {
      const ids = idsOfCurrent(_id, texts).map(({ id }) => id);
      if (ids.length === 0) return new Map();
      const found = await messageTexts
        .find({ _id: { $in: ids } }, { projection: { channel: 1, language: 1, createdAt: 1 } })
        .toArray();
      return new Map(found.map((version) => [keyOfText(version), version.createdAt]));
    },

    /**
     * Adds a version and makes it the current one. With `expected` only where that is the current version, 0 for none. Returns the new
     * version; `undefined` if another one is current.
     */
    async save(
      organisationId: string,
      place: TextPlace,
      text: MessageText,
      expected?: number,
    ): Promise<MessageTextDoc | undefined> {
      for (;;) {
        const [newest] = await messageTexts
          .find({ organisationId, channel: place.channel, language: place.language })
          .sort({ version: -1 })
          .limit(1)
          .toArray();
        const version = (newest?.version ?? 0) + 1;
        const saved: MessageTextDoc = {
          _id: versionId(organisationId, place, version),
          organisationId,
          channel: place.channel,
          language: place.language,
          version,
          text,
          createdAt: new Date(),
        };
        try {
          await messageTexts.insertOne(saved);
        } catch (error) {
          // Somebody else has saved this version meanwhile.
          if (isDuplicateKey(error)) continue;
          throw error;
        }
        return (await choose(organisationId, place, version, expected)) ? saved : undefined;
      }
    },

    choose,
  };
}

const versionId = (organisationId: string, place: TextPlace, version: number): string =>
  `${organisationId}:${keyOfText(place)}:${version}`;

const idsOfCurrent = (organisationId: string, texts: CurrentTexts): { id: string; key: string }[] =>
  Object.entries(texts).flatMap(([channel, versions]) =>
    Object.entries(versions).map(([language, version]) => {
      const place = { channel: channel as Channel, language };
      return { id: versionId(organisationId, place, version), key: keyOfText(place) };
    }),
  );

import { SegmentedMessage } from 'sms-segments-calculator';

export interface CutSms {
  isGsm: boolean;
  /** The number of segments, by which Twilio bills an SMS. */
  segments: number;
}

const MAX_SHAPES = 1_000;
/** By the shape, or by the length of a shape that is `x` throughout. */
const cutByShape = new Map<string | number, CutSms>();

/** Twilio's calculator takes about 1 ms a text. It cuts texts of one shape alike, and a file has few shapes. */
export function cutSms(text: string): CutSms {
  const shape = ALL_GSM_LETTERS.test(text) ? text.length : shapeOf(text);
  let cut = cutByShape.get(shape);
  if (!cut) {
    const { encodingName, segmentsCount } = new SegmentedMessage(typeof shape === 'number' ? 'x'.repeat(shape) : shape);
    cut = { isGsm: encodingName === 'GSM-7', segments: segmentsCount };
    if (cutByShape.size >= MAX_SHAPES) cutByShape.clear();
    cutByShape.set(shape, cut);
  }
  return cut;
}

/** The text with a stand-in for each character that takes one unit and never joins its neighbours: of GSM-7, then of UCS-2. */
const shapeOf = (text: string): string => text.replace(GSM_LETTERS, 'x').replace(UCS2_LETTERS, 'ж');

const GSM_LETTERS = /[A-Za-z\d _.,:/'&()\-èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüàΔΦΓΛΩΠΨΣΘΞ]/g;
const ALL_GSM_LETTERS = new RegExp(`^${GSM_LETTERS.source}*$`);

/** Latin, Greek, Cyrillic, Hebrew, Arabic, kana and Han. */
const UCS2_LETTERS =
  /[\u00c0-\u024f\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/g;

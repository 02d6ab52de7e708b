/** What an organisation pays for a segment of an SMS, by its contract with Twilio. Countries differ, so costs are estimates. */
export interface SmsPrice {
  perSegment: number;
  /** ISO 4217. */
  currency: string;
}

export interface SmsCost {
  amount: number;
  /** ISO 4217. */
  currency: string;
}

/** Prices are told in ten-thousandths. */
const PARTS = 10_000;

/** What so many segments cost; `null` where no price is set. */
export const costOf = (segments: number, price: SmsPrice | null | undefined): SmsCost | null =>
  price ? { amount: Math.round(segments * price.perSegment * PARTS) / PARTS, currency: price.currency } : null;

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Whether these are the three letters of a currency (ISO 4217). */
export const isCurrency = (code: string): boolean => currencies.has(code);

const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€\f]*$/;
const GSM_7_DOUBLE = /[\^{}\\[~\]|€\f]/g;

/**
 * How many SMS a text takes: 160 units of GSM 03.38 or 70 of UCS-2 in one, 153 or 67 in each of several. Written here
 * and not taken from the product's library, so that it can judge the product.
 */
export function countSegments(text: string): number {
  const isGsm = GSM_7.test(text);
  const units = isGsm ? text.length + (text.match(GSM_7_DOUBLE)?.length ?? 0) : text.length;
  const [single, several] = isGsm ? [160, 153] : [70, 67];
  return units <= single ? 1 : Math.ceil(units / several);
}

import type { JoinWords } from './words';

export const ar: JoinWords = {
  language: 'العربية',
  direction: 'rtl',
  chooseLanguage: 'اللغة',
  button: 'قبول الدعوة',
  unsubscribeButton: 'إيقاف الرسائل الإلكترونية',
  open: {
    heading: 'تلقيت دعوة من {organisation} إلى خدمة المراسلة الخاصة بها',
    paragraphs: [
      'يمكنك هناك مراسلة من تعرفهم في {organisation} بسرية.',
      'لن يحدث شيء قبل الضغط على الزر. إذا كنت لا تعرف {organisation}، فأغلق هذه الصفحة ببساطة.',
    ],
  },
  joined: {
    heading: 'مرحبًا بك! لقد انضممت إلى {organisation}',
    paragraphs: ['تم قبول دعوتك. يمكنك إغلاق هذه الصفحة.'],
  },
  accepted: {
    heading: 'لقد انضممت بالفعل إلى {organisation}',
    paragraphs: ['تم قبول دعوتك من قبل، ولا يلزمك فعل أي شيء آخر. يمكنك إغلاق هذه الصفحة.'],
  },
  replaced: {
    heading: 'توجد دعوة أحدث',
    paragraphs: [
      'وصلتك بعد ذلك دعوة أخرى من {organisation}، والرابط الأحدث وحده يعمل.',
      'افتح الرابط في أحدث رسالة وصلتك.',
    ],
  },
  expired: {
    heading: 'انتهت صلاحية هذه الدعوة',
    paragraphs: ['اطلب دعوة جديدة من {organisation}.'],
  },
  withdrawn: {
    heading: 'لم تعد هذه الدعوة صالحة',
    paragraphs: ['إذا كنت ترى أنها يجب أن تكون صالحة، فاسأل الجهة التي دعتك.'],
  },
  unknown: {
    heading: 'هذه الدعوة غير معروفة',
    paragraphs: ['افتح الرابط كما هو في رسالتك تمامًا، حتى آخر حرف فيه.', 'إذا ظل لا يعمل، فاسأل الجهة التي دعتك.'],
  },
  subscribed: {
    heading: 'هل تريد إيقاف رسائل {organisation} الإلكترونية؟',
    paragraphs: [
      'بعد الضغط على الزر لن ترسل إليك {organisation} رسائل إلكترونية عبر هذه الخدمة.',
      'لن يحدث شيء قبل الضغط على الزر.',
    ],
  },
  unsubscribed: { heading: 'لن تصلك رسائل إلكترونية أخرى من {organisation}', paragraphs: ['يمكنك إغلاق هذه الصفحة.'] },
  tooMany: {
    heading: 'محاولات كثيرة جدًا',
    paragraphs: ['انتظر دقيقة، ثم افتح الرابط في رسالتك مرة أخرى.'],
  },
  unavailable: {
    heading: 'غير متاح الآن',
    paragraphs: ['لم تُفقد دعوتك. افتح الرابط مرة أخرى بعد بضع دقائق.'],
  },
  failed: {
    heading: 'لم تنجح العملية',
    paragraphs: ['افتح الرابط في رسالتك مرة أخرى.'],
  },
};

import type { JoinWords } from './words';

export const es: JoinWords = {
  language: 'Español',
  direction: 'ltr',
  chooseLanguage: 'Idioma',
  button: 'Aceptar la invitación',
  unsubscribeButton: 'No enviarme más correos',
  open: {
    heading: '{organisation} le invita a su mensajería privada',
    paragraphs: [
      'Allí podrá escribir de forma confidencial a las personas que conoce en {organisation}.',
      'No ocurre nada hasta que pulse el botón. Si no conoce a {organisation}, cierre esta página.',
    ],
  },
  joined: {
    heading: '¡Le damos la bienvenida! Se ha unido a {organisation}',
    paragraphs: ['Su invitación está aceptada. Puede cerrar esta página.'],
  },
  accepted: {
    heading: 'Ya se ha unido a {organisation}',
    paragraphs: ['Su invitación fue aceptada y no hay nada más que hacer. Puede cerrar esta página.'],
  },
  replaced: {
    heading: 'Hay una invitación más reciente',
    paragraphs: [
      '{organisation} le ha enviado otra invitación después, y solo funciona el enlace más reciente.',
      'Abra el enlace de su mensaje más reciente.',
    ],
  },
  expired: {
    heading: 'Esta invitación ha caducado',
    paragraphs: ['Pida una nueva a {organisation}.'],
  },
  withdrawn: {
    heading: 'Esta invitación ya no es válida',
    paragraphs: ['Si cree que debería serlo, pregunte a la organización que le invitó.'],
  },
  unknown: {
    heading: 'Esta invitación es desconocida',
    paragraphs: [
      'Abra el enlace exactamente como aparece en su mensaje, hasta el último carácter.',
      'Si sigue sin funcionar, pregunte a la organización que le invitó.',
    ],
  },
  subscribed: {
    heading: '¿No recibir más correos de {organisation}?',
    paragraphs: [
      'Si pulsa el botón, {organisation} no le enviará más correos por este servicio.',
      'No ocurre nada hasta que lo pulse.',
    ],
  },
  unsubscribed: { heading: 'Ya no recibirá correos de {organisation}', paragraphs: ['Puede cerrar esta página.'] },
  tooMany: {
    heading: 'Demasiados intentos',
    paragraphs: ['Espere un minuto y vuelva a abrir el enlace de su mensaje.'],
  },
  unavailable: {
    heading: 'No disponible en este momento',
    paragraphs: ['Su invitación no se pierde. Vuelva a abrir el enlace dentro de unos minutos.'],
  },
  failed: {
    heading: 'No ha funcionado',
    paragraphs: ['Vuelva a abrir el enlace de su mensaje.'],
  },
};

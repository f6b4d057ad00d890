/** Portuguese, in words that serve both Portugal and Brazil. */
import type { Words } from './words.ts';

export const pt: Words = {
  locale: 'pt-PT',
  greeting: (name) => (name === null ? 'Olá,' : `Olá, ${name},`),
  moment: (date, time) => `${date}, ${time}`,
  unit: (id) => `Quarto ${id}`,
  colon: ':',
  labels: {
    doors: 'Abre',
    doorsNow: 'Abre agora',
    code: 'Código',
    newCode: 'Novo código',
    mobileKey: 'Chave móvel',
    newMobileKey: 'Nova chave móvel',
    page: 'A sua página',
    card: 'Cartão-chave',
    atDesk: 'na recepção',
    newTimes: 'Novo horário',
    from: 'De',
    until: 'Até',
    help: 'Ajuda',
  },
  changes: {
    moved: ({ to, from }) => `Mudança: ${to} em vez de ${from}.`,
    added: (unit) => `Novo: ${unit}.`,
    gone: (unit) => `${unit}: já não faz parte da sua estadia.`,
    onlyNew: 'Por favor, não utilize mais o acesso anterior.',
    askDesk: 'Dirija-se à recepção: abriremos a porta.',
    deskOpen: ({ from, to }) => `A recepção está aberta das ${from} às ${to}.`,
  },
  mail: {
    readySubject: (place) => `${place}: o seu acesso está pronto`,
    ready: (place) => `O seu acesso (${place}) está pronto. Abaixo encontra tudo o que precisa para entrar; tenha esta mensagem à mão.`,
    changedSubject: (place) => `${place}: o seu acesso mudou`,
    changed: (place) =>
      `O seu acesso (${place}) mudou. Abaixo está apenas o que é novo; todo o resto continua como antes, sem qualquer alteração.`,
    pendingSubject: (place) => `${place}: a sua chave ainda não está pronta`,
    pending: ({ place, starts }) =>
      `O seu acesso (${place}) começa em ${starts}, mas a sua chave ainda não está pronta. Cuidamos disso e escreveremos assim que estiver.`,
    endedSubject: (place) => `${place}: o seu acesso termina mais cedo`,
    ended: ({ place, ends }) =>
      `O seu acesso (${place}) só é válido até ${ends}, mais cedo do que foi informado. Depois disso, a sua chave já não abre as portas.`,
    contactSubject: (place) => `${place}: os seus dados foram alterados`,
    contact: (place) =>
      `O endereço ou o telefone da sua estadia (${place}) foi alterado: as mensagens sobre o seu acesso já não chegarão aqui. Se não pediu esta alteração, avise-nos de imediato.`,
    alertSubject: ({ place, reservation }) => `${place}: a reserva ${reservation} precisa de atenção`,
    alert: ({ place, reservation }) => `A reserva ${reservation} (${place}) precisa da atenção de uma pessoa.`,
    accessStarts: (starts) => `O acesso começa em ${starts}.`,
    mobileKeyHint: 'Abra a chave no telefone que terá consigo.',
    pageHint: 'A sua página mostra as suas chaves e abre as portas que podem ser abertas a partir do telefone.',
    localTime: 'Todas as horas são horas locais do alojamento.',
    help: (line) => `Se algo não funcionar, estamos à sua disposição: ${line}`,
    callUs: (line) => `Ligue para nós ao chegar e abriremos a porta: ${line}`,
    seeDesk: 'Dirija-se à recepção ao chegar e abriremos a porta.',
    closing: 'Com os melhores cumprimentos',
    stayAt: (place) => `Estadia: ${place}`,
  },
  sms: {
    ready: 'O seu acesso:',
    changed: 'O seu acesso mudou.',
    pending: (starts) => `O seu acesso começa em ${starts}, mas a sua chave ainda não está pronta. Cuidamos disso.`,
    ended: (ends) => `O seu acesso só é válido até ${ends}, mais cedo do que foi informado.`,
    contact: 'Os seus dados foram alterados: já não escrevemos para este número. Se não pediu esta alteração, avise-nos de imediato.',
    alert: (reservation) => `A reserva ${reservation} precisa de atenção.`,
  },
};

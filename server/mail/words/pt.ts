/** Letters in Portuguese, as it is written in Portugal. A kind that is missing here goes out in English. */
import { countryIn, type Stationery } from "./entry.ts";
import type { Translations } from "./languages.ts";

const country = countryIn("pt");
const plural = new Intl.PluralRules("pt-PT");
const counted = (n: number, one: string, other: string) => `${n} ${plural.select(n) === "one" ? one : other}`;

export const stationery: Stationery = {
  tag: "pt",
  dir: "ltr",
  greeting: (name) => (name ? `Bom dia, ${name},` : "Bom dia,"),
  linkHint: "Se o botão não funcionar, abra este endereço:",
  footer: (origin) =>
    `Twinlight${origin && `, ${origin}`}. Esta carta foi escrita pelo servidor; ninguém lê uma resposta.`,
};

export const letters: Translations = {
  registration: {
    subject: () => "Confirme o seu endereço de correio eletrónico",
    paragraphs: () => [
      "Alguém, esperamos que seja você, está a registar-se no Twinlight com este endereço. Confirme que é seu para continuar.",
      "Só o pessoal de escolas e jardins de infância se regista. Os alunos nunca se registam: é o professor que os deixa entrar.",
      "Se não foi você, não faça nada: sem a confirmação nada acontece.",
    ],
    button: "Confirmar o endereço",
  },
  registrationKnown: {
    subject: () => "Já tem uma conta",
    paragraphs: ({ passwordLink }) => [
      "Alguém, esperamos que seja você, quis registar-se no Twinlight com este endereço. Ele já tem uma conta: inicie sessão com ela.",
      `Se esqueceu a palavra-passe, escolha uma nova aqui: ${passwordLink}`,
      "Se não foi você, não faça nada.",
    ],
    button: "Iniciar sessão",
  },
  invitation: {
    subject: () => "O seu convite para o Twinlight",
    paragraphs: ({ days }) => [
      "A pessoa que gere este servidor Twinlight criou uma conta para si. Escolha uma palavra-passe e pode começar.",
      `A ligação funciona uma vez, durante ${counted(days, "dia", "dias")}. É só para si: não a passe a ninguém.`,
    ],
    button: "Escolher uma palavra-passe",
  },
  passwordLink: {
    subject: () => "Escolha uma nova palavra-passe",
    paragraphs: ({ hours }) => [
      "Aqui escolhe uma nova palavra-passe para a sua conta no Twinlight.",
      `A ligação funciona uma vez, durante ${counted(hours, "hora", "horas")}. Se não a pediu, não faça nada: a sua palavra-passe fica como está.`,
    ],
    button: "Escolher uma nova palavra-passe",
  },
  passwordReset: {
    subject: () => "A sua palavra-passe foi reposta",
    paragraphs: ({ days }) => [
      "A pessoa que gere este servidor Twinlight repôs a sua palavra-passe. A antiga já não funciona, e a sua sessão foi terminada em todo o lado.",
      `Escolha uma nova. A ligação funciona uma vez, durante ${counted(days, "dia", "dias")}.`,
    ],
    button: "Escolher uma nova palavra-passe",
  },
  identityLinked: {
    subject: ({ provider }) => `Já pode iniciar sessão com ${provider}`,
    paragraphs: ({ provider }) => [
      `A sua conta no Twinlight foi ligada a ${provider}: quem lá inicia sessão pode entrar aqui como você.`,
      "Se não foi você, desfaça-o na página da sua conta e mude já a palavra-passe.",
    ],
    button: "Ver como inicio sessão",
  },
  secondFactorChanged: {
    subject: ({ change }) =>
      change === "removed"
        ? "O segundo passo ao iniciar sessão foi desligado"
        : "O segundo passo ao iniciar sessão foi alterado",
    paragraphs: ({ change }) => [
      change === "removed"
        ? "Iniciar sessão na sua conta do Twinlight já não pede um segundo passo."
        : "O segundo passo que é pedido quando inicia sessão no Twinlight foi criado ou alterado.",
      "Se não foi você, mude já a palavra-passe e avise a pessoa que gere este servidor.",
    ],
    button: "Ver como inicio sessão",
  },
  schoolSubmitted: {
    subject: ({ school }) => `Uma escola espera validação: ${school}`,
    paragraphs: (facts) => [
      `${facts.person} registou ${facts.school}, ${facts.town} (${country(facts.country)}). Espera que a verifique.`,
    ],
    button: "Abrir a lista de trabalho",
  },
  schoolValidated: {
    subject: ({ school }) => `${school} está validada`,
    paragraphs: ({ school }) => [
      `O serviço de apoio validou ${school}. Já pode procurar escolas parceiras, registar projetos e marcar reuniões.`,
    ],
    button: "Começar",
  },
  schoolRefused: {
    subject: ({ school }) => `${school} não foi validada`,
    paragraphs: ({ school, reason }) => [
      `O serviço de apoio não pôde validar ${school}. Deu esta razão:`,
      { quote: reason },
      "Pode corrigir o que estava errado e submeter de novo.",
    ],
    button: "Abrir o formulário",
  },
  schoolSuspended: {
    subject: ({ school }) => `${school} foi suspensa`,
    paragraphs: ({ school, reason }) => [
      `O serviço de apoio suspendeu ${school}. Até ser levantada a suspensão, ninguém da escola pode começar nada de novo. Deu esta razão:`,
      { quote: reason },
    ],
    button: "Ver a escola",
  },
  schoolRestored: {
    subject: ({ school }) => `${school} já não está suspensa`,
    paragraphs: ({ school }) => [`O serviço de apoio levantou a suspensão de ${school}. Tudo funciona como antes.`],
    button: "Ver a escola",
  },
  placeEnded: {
    subject: ({ school }) => `O seu lugar em ${school} terminou`,
    paragraphs: ({ school, reason }) => [
      `O serviço de apoio terminou o seu lugar em ${school}. Deu esta razão:`,
      { quote: reason },
      "Se ainda lá trabalha, peça de novo para entrar na escola.",
    ],
    button: "Ver as minhas escolas",
  },
  decisionUndone: {
    subject: ({ what }) => `Uma decisão foi retirada: ${what}`,
    paragraphs: ({ what }) => [
      `O serviço de apoio retirou o que decidiu há poucos minutos sobre ${what}. A carta sobre essa decisão já não vale; o assunto é visto de novo.`,
    ],
    button: "Ver como está",
  },
  serviceAppointed: {
    subject: ({ service }) => `Trabalha agora para ${service}`,
    paragraphs: ({ service }) => [
      `Foi nomeado para ${service}. Na sua mesa valida escolas e pessoas, e aprova projetos.`,
    ],
    button: "Abrir a mesa",
  },
  principalNotice: {
    subject: ({ school }) => `${school} foi registada no Twinlight`,
    paragraphs: ({ principal, school, person }) => [
      `A ${principal}:`,
      `${person} registou ${school} no Twinlight, onde escolas se encontram, fazem projetos juntas e se reúnem por vídeo. É informado uma só vez, por dirigir a escola; não tem de fazer nada.`,
      "Se a escola não devia estar registada, avise o serviço de apoio do seu país. Encontra-o aqui:",
    ],
    button: "Encontrar o serviço de apoio",
  },
  personAsked: {
    subject: ({ school }) => `Alguém de ${school} espera validação`,
    paragraphs: ({ person, school }) => [
      `${person} diz que trabalha em ${school}. Verifique, ou peça um comprovativo.`,
    ],
    button: "Abrir a lista de trabalho",
  },
  personValidated: {
    subject: ({ school }) => `Está validado em ${school}`,
    paragraphs: ({ school }) => [
      `Foi confirmado que trabalha em ${school}. Já pode procurar escolas parceiras, registar projetos e marcar reuniões.`,
    ],
    button: "Começar",
  },
  personRefused: {
    subject: ({ school }) => `O seu lugar em ${school} não foi confirmado`,
    paragraphs: ({ school, reason }) => [
      `Não se pôde confirmar que trabalha em ${school}. Foi dada esta razão:`,
      { quote: reason },
    ],
    button: "Ver as minhas escolas",
  },
  evidenceWanted: {
    subject: ({ school }) => `Mostre que trabalha em ${school}`,
    paragraphs: ({ school, note }) => [
      `O serviço de apoio pede algo que mostre que trabalha em ${school}, como uma declaração da escola.`,
      { quote: note },
      "É apagado assim que for verificado.",
    ],
    button: "Entregar",
  },
  evidenceDeleted: {
    subject: () => "O que entregou foi apagado",
    paragraphs: ({ school }) => [
      `O que entregou para mostrar que trabalha em ${school} foi verificado, e está apagado.`,
    ],
    button: "Ver as minhas escolas",
  },
  partnerAsked: {
    subject: ({ person, school }) => `${person}, de ${school}, pede para ser seu contacto`,
    paragraphs: ({ person, school, message }) => [
      `${person}, de ${school}, gostaria de estar em contacto consigo.`,
      { quote: message },
      "O seu endereço não lhe é mostrado. Pode aceitar, recusar ou bloquear.",
    ],
    button: "Responder",
  },
  contactAccepted: {
    subject: ({ person }) => `${person} é agora seu contacto`,
    paragraphs: ({ person, school }) => [
      `${person}, de ${school}, aceitou. Podem escrever um ao outro, e registar um projeto juntos.`,
    ],
    button: "Ver os meus contactos",
  },
  noticeReply: {
    subject: ({ notice }) => `Uma resposta ao seu anúncio: ${notice}`,
    paragraphs: ({ notice, person, school }) => [`${person}, de ${school}, respondeu ao seu anúncio «${notice}».`],
    button: "Ler a resposta",
  },
  savedSearch: {
    subject: ({ search }) => `Alguém corresponde à sua procura: ${search}`,
    paragraphs: ({ search, count, stopLink }) => [
      `${counted(count, "escola corresponde", "escolas correspondem")} agora à sua procura guardada «${search}».`,
      `Para terminar estas cartas, abra este endereço: ${stopLink}`,
    ],
    button: "Ver quem corresponde",
  },
  projectInvited: {
    subject: ({ project }) => `Fazem este projeto juntos? ${project}`,
    paragraphs: ({ project, person, school }) => [
      `${person}, de ${school}, escreveu o projeto «${project}» e indica-o como parceiro. Só começa se concordar.`,
      "Leia-o, mude o que deva ser diferente, e depois concorde ou recuse.",
    ],
    button: "Ler o projeto",
  },
  projectAgreed: {
    subject: ({ project }) => `O seu parceiro concordou: ${project}`,
    paragraphs: ({ project, school }) => [
      `${school} concordou com o projeto «${project}». Agora é visto pelos serviços de apoio.`,
    ],
    button: "Abrir o projeto",
  },
  projectDeclined: {
    subject: ({ project }) => `O seu parceiro recusou: ${project}`,
    paragraphs: ({ project, school, reason }) => [
      `${school} não vai participar no projeto «${project}».`,
      { quote: reason },
    ],
    button: "Abrir o projeto",
  },
  projectChangeAsked: {
    subject: ({ project }) => `O seu parceiro pede uma alteração: ${project}`,
    paragraphs: ({ project, school, note }) => [
      `${school} gostaria de algo diferente em «${project}» antes de concordar:`,
      { quote: note },
      "É de novo um rascunho. Mudem-no juntos, e depois envie-o outra vez.",
    ],
    button: "Abrir o rascunho",
  },
  projectToService: {
    subject: ({ project }) => `Um projeto espera aprovação: ${project}`,
    paragraphs: ({ project, schools }) => [
      `Os parceiros de «${project}» concordaram (${schools}). Espera a sua aprovação.`,
    ],
    button: "Abrir a lista de trabalho",
  },
  projectReturned: {
    subject: ({ project }) => `Veja de novo o seu projeto, por favor: ${project}`,
    paragraphs: ({ project, note }) => [
      `Um serviço de apoio devolveu-lhe o projeto «${project}» com esta nota:`,
      { quote: note },
      "Mude o que for preciso e submeta de novo.",
    ],
    button: "Abrir o projeto",
  },
  projectRefused: {
    subject: ({ project }) => `O seu projeto foi recusado: ${project}`,
    paragraphs: ({ project, reason }) => [
      `Um serviço de apoio recusou o projeto «${project}». Deu esta razão:`,
      { quote: reason },
    ],
    button: "Abrir o projeto",
  },
  projectApproved: {
    subject: ({ project }) => `O seu projeto está aprovado: ${project}`,
    paragraphs: ({ project, labelLink }) => [
      `Todos os serviços de apoio aprovaram «${project}». O seu TwinSpace está aberto, e tem o selo eTwinning.`,
      `O selo, para imprimir e mostrar: ${labelLink}`,
    ],
    button: "Abrir o projeto",
  },
  projectApprovedWithoutLabel: {
    subject: ({ project }) => `O seu projeto está aprovado: ${project}`,
    paragraphs: ({ project }) => [
      `«${project}» está aprovado e o seu TwinSpace está aberto. Como projeto de uma só escola, não tem selo eTwinning.`,
    ],
    button: "Abrir o projeto",
  },
  projectPartnerAdded: {
    subject: ({ project }) => `Uma escola do seu país juntou-se a um projeto: ${project}`,
    paragraphs: ({ project, schools }) => [
      `O projeto aprovado «${project}» tem mais um parceiro (${schools}). É só para que saiba; não tem de fazer nada.`,
    ],
    button: "Abrir a lista de trabalho",
  },
  projectReset: {
    subject: ({ project }) => `Mudado enquanto esperava: ${project}`,
    paragraphs: ({ project, person }) => [
      `${person} mudou o projeto «${project}» enquanto esperava. O que antes foi acordado ou aprovado é pedido de novo.`,
    ],
    button: "Abrir o projeto",
  },
  twilightAsked: {
    subject: ({ school }) => `Pedem uma sessão ao fim da tarde: ${school}`,
    paragraphs: ({ person, email, school, teachers, wish, ambassador, ...facts }) => [
      `${person}, de ${school} (${country(facts.country)}), pede uma sessão de formação ao fim da tarde, para cerca de ${counted(teachers, "docente", "docentes")}:`,
      { quote: wish },
      ambassador && `Gostariam que fosse conduzida por ${ambassador}, que também recebe esta carta.`,
      `Responda a ${email}. Ninguém verificou este endereço: foi escrito no formulário da nossa página.`,
    ],
    button: "Abrir a página",
  },
  memberInvited: {
    subject: ({ project }) => `Foi convidado para um projeto: ${project}`,
    paragraphs: ({ project, person, school }) => [
      `${person}, de ${school}, convida-o a participar no projeto «${project}».`,
    ],
    button: "Responder",
  },
};

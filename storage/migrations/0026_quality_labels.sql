-- Quality Labels: what is applied with, the copy that is judged, and how it was judged.

create table label_applications (
  id text primary key,
  -- European and School labels come later: a kind more, and who applies for it.
  kind text not null default 'qualityLabel' check (kind in ('qualityLabel')),
  -- Who applies; a Quality Label is a teacher's own. Their name is looked up when it is shown.
  account_id text references accounts (id) on delete set null,
  school_id text not null references schools (id),
  project_id text references projects (id) on delete cascade,
  -- The applicant's school's, whose service judges it.
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- Of the list `rubric`: by which it is judged.
  rubric text not null,
  -- domain/qualityLabels/states.ts
  state text not null default 'draft'
    check (state in ('draft', 'submitted', 'inReview', 'granted', 'notGranted', 'withdrawn')),
  -- protocol/qualityLabels/applications.ts ApplicationBody, as far as it is filled in.
  gate jsonb not null default '{}',
  answers jsonb not null default '{}',
  chosen jsonb not null default '{}',
  -- One more with every save; and of each field, at which it was changed last: {"answers.ql-2023.online": 3}.
  version int not null default 0,
  field_versions jsonb not null default '{}',
  -- The second one after it was not granted is attempt 2.
  attempt int not null default 1 check (attempt >= 1),
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  submitted_at timestamptz,
  -- What is judged: protocol/qualityLabels/frozen.ts Frozen. Written once, when it is sent; nothing of it ever changes.
  frozen jsonb,
  -- And by what: frozen.ts FrozenRubric, names, descriptors and least points as they were.
  criteria jsonb,
  -- Since when somebody judges it. From then on it counts for the year, even if it is withdrawn.
  review_began_at timestamptz,
  decided_at timestamptz,
  decided_by text references accounts (id) on delete set null,
  -- What the service writes to the applicant with its decision.
  feedback text not null default '',
  award_id text references awards (id),
  check (kind <> 'qualityLabel' or project_id is not null),
  check (state in ('draft', 'withdrawn') or (submitted_at is not null and frozen is not null and criteria is not null)),
  check ((state in ('granted', 'notGranted')) = (decided_at is not null))
);
-- One at a time.
create unique index label_applications_open on label_applications (kind, account_id, project_id)
  where state in ('draft', 'submitted', 'inReview');
create index label_applications_own on label_applications (account_id, submitted_at desc);
create index label_applications_project on label_applications (project_id);
-- What waits for a service, what waits longest first; and what it has decided.
create index label_applications_waiting on label_applications (country, submitted_at, id)
  where state in ('submitted', 'inReview');
create index label_applications_decided on label_applications (country, decided_at desc, id desc)
  where state in ('granted', 'notGranted');

-- Files of a frozen copy, below DATA_DIR/applications/<application>/<key>. The row is there before its file is asked for.
create table label_application_files (
  application_id text not null references label_applications (id) on delete cascade,
  key text not null,
  -- Where it was copied from. It may be gone by now.
  material_id text not null,
  kind text not null check (kind in ('image', 'video', 'sound', 'file')),
  name text not null,
  type text not null,
  sha256 bytea not null,
  bytes bigint not null,
  -- The smaller pictures beside it (<key>.320), by their longer side.
  sizes int[] not null default '{}',
  alt text not null default '',
  -- What was written below it on the page it came by.
  caption text not null default '',
  credit text not null default '',
  licence text not null default 'unknown',
  shows text not null check (shows in ('nobody', 'people', 'unknown')),
  -- Who is to be seen or heard on it: ids of pupils, who may be purged by now.
  pupils text[] not null default '{}',
  -- Since when its bytes, its name and its words are gone, because somebody on it was erased.
  erased_at timestamptz,
  primary key (application_id, key)
);
create index label_application_files_pupils on label_application_files using gin (pupils) where erased_at is null;
create index label_application_files_material on label_application_files (material_id) where erased_at is null;

-- What each reviewer gives for each criterion.
create table label_scores (
  application_id text not null references label_applications (id) on delete cascade,
  reviewer text not null references accounts (id),
  criterion text not null,
  -- Null: nothing given yet, only a remark.
  points int check (points between 0 and 5),
  remark text not null default '',
  at timestamptz not null,
  primary key (application_id, reviewer, criterion)
);

-- Whether the label, if it is given, says who holds it: as the applicant agreed when they sent it.
alter table label_applications add column named boolean not null default false;

-- For the central service, which sees all countries.
create index label_applications_all_waiting on label_applications (submitted_at, id) where state in ('submitted', 'inReview');
create index label_applications_all_decided on label_applications (decided_at desc, id desc)
  where state in ('granted', 'notGranted');

-- Who works at an application for the service, so that two do not begin unaware.
create table label_reviews (
  application_id text not null references label_applications (id) on delete cascade,
  reviewer text not null references accounts (id),
  began_at timestamptz not null,
  primary key (application_id, reviewer)
);

-- Awards of several kinds: the eTwinning Label is a school's, a Quality Label a teacher's. One space of codes, one list of
-- revoked badges. (Last in this file: it refers to the applications above.)
alter table awards
  drop constraint awards_kind_check,
  drop constraint awards_kind_project_id_school_id_key,
  add constraint awards_kind_check check (kind in ('etwinningLabel', 'qualityLabel')),
  -- Who holds it: null for a school's, and once their account is gone.
  add column account_id text references accounts (id) on delete set null,
  -- The application it was given for.
  add column application_id text references label_applications (id),
  -- The holder's name may stand on it, as they agreed when they applied.
  add column named boolean not null default false,
  -- The holder shows it in public.
  add column shown boolean not null default true,
  add check ((kind = 'qualityLabel') = (application_id is not null));
create unique index awards_of_school on awards (project_id, school_id) where kind = 'etwinningLabel';
-- One that was taken back may be given anew, with a code of its own: the old one stays revoked for ever.
create unique index awards_of_holder on awards (project_id, account_id) where kind = 'qualityLabel' and revoked_at is null;
create unique index awards_of_application on awards (application_id) where revoked_at is null;
create index awards_holder on awards (account_id, issued_at desc) where account_id is not null;

-- What each criterion of 2023 asks of its applicants, and its descriptors in further languages. Technology of the project and
-- of its pupils had the same six.
update list_entries e set facts = e.facts || jsonb_build_object('asks', fuller.asks::jsonb,
  'descriptors', (e.facts -> 'descriptors') || fuller.descriptors::jsonb)
from (values
  ('collaboration',
   '{"en": "How did the schools work together? Tell of what needed all of them: planned together, made together, decided together.", "fi": "Miten koulut tekivät yhteistyötä? Kerro siitä, mihin tarvittiin kaikkia: yhdessä suunniteltu, tehty ja päätetty.", "pt": "Como trabalharam as escolas em conjunto? Conte o que precisou de todas: o que planearam, fizeram e decidiram juntas."}',
   '{"fi": ["Kumpikin koulu työskenteli yksin", "Tuloksia lähetettiin toisille", "Yhteen työhön tarvittiin molempia kouluja", "Useisiin töihin tarvittiin molempia kouluja", "Oppilaat tekivät suurimman osan sekaryhmissä", "Mitään ei olisi syntynyt yhdessä koulussa yksin"], "pt": ["Cada escola trabalhou sozinha", "Os resultados foram enviados uns aos outros", "Uma atividade precisou das duas escolas", "Várias atividades precisaram das duas escolas", "Grupos mistos de alunos fizeram juntos a maior parte", "Nada poderia ter sido feito por uma só escola"]}'),
  ('technology',
   '{"en": "Which tools did the project use, and why these? Tell how they helped the schools to meet, to make something and to show it.", "fi": "Mitä välineitä hankkeessa käytettiin ja miksi juuri niitä? Kerro, miten ne auttoivat tapaamaan, tekemään ja näyttämään.", "pt": "Que ferramentas usou o projeto, e porquê estas? Conte como ajudaram as escolas a encontrar-se, a criar e a mostrar."}',
   '{"en": ["No technology was used", "Used to send things to each other", "One tool was used now and then", "Tools were chosen to fit most activities", "Tools were chosen with the pupils, and changed when others fitted better", "Used safely and with ideas of its own, to do what was not possible without"], "fi": ["Teknologiaa ei käytetty", "Sillä lähetettiin asioita toisille", "Yhtä välinettä käytettiin silloin tällöin", "Välineet valittiin useimpiin töihin sopiviksi", "Välineet valittiin oppilaiden kanssa ja vaihdettiin sopivampiin", "Käytettiin turvallisesti ja omin ideoin siihen, mikä ei muuten onnistuisi"], "pt": ["Não foi usada tecnologia", "Usada para enviar coisas uns aos outros", "Uma ferramenta foi usada de vez em quando", "As ferramentas foram escolhidas para a maioria das atividades", "As ferramentas foram escolhidas com os alunos e trocadas por outras melhores", "Usada com segurança e ideias próprias, para o que não seria possível sem ela"]}'),
  ('pedagogy',
   '{"en": "How did your pupils learn? Tell which ways of working you tried, and how much was in their own hands.", "fi": "Miten oppilaasi oppivat? Kerro, mitä työtapoja kokeilitte ja miten paljon oli oppilaiden omissa käsissä.", "pt": "Como aprenderam os seus alunos? Conte que métodos experimentou e quanto ficou nas mãos deles."}',
   '{"fi": ["Oppilaat vain kuuntelivat", "Oppilaat seurasivat annettuja vaiheita", "Oppilaat työskentelivät ajoittain pareittain tai ryhmissä", "Tutkivaa työtä ja ryhmätyötä useimmissa töissä", "Oppilaat suunnittelevat, tekevät ja arvioivat työnsä", "Monia lähestymistapoja kullekin oppilaalle, oppilaat johtavat"], "pt": ["Os alunos apenas ouviram", "Os alunos seguiram passos dados", "Os alunos trabalharam por vezes a pares ou em grupos", "Investigação e trabalho de grupo na maioria das atividades", "Os alunos planeiam, fazem e avaliam o seu trabalho", "Muitas abordagens, adequadas a cada aluno, com os alunos a liderar"]}'),
  ('curriculum',
   '{"en": "To what that you teach does the project belong? Name subjects, lessons and what pupils were to learn by it.", "fi": "Mihin opetukseesi hanke liittyy? Nimeä oppiaineet, oppitunnit ja se, mitä oppilaiden oli tarkoitus oppia.", "pt": "A que parte do que ensina pertence o projeto? Indique disciplinas, aulas e o que os alunos deviam aprender."}',
   '{"fi": ["Ei yhteyttä opetukseen", "Mainittu suunnitelmassa, ei oppitunneilla", "Muutamat yhden oppiaineen tunnit kuuluvat siihen", "Se on osa yhtä oppiainetta läpi vuoden", "Useat oppiaineet suunnittelevat ja opettavat sen yhdessä", "Se on koulun opetussuunnitelmassa, ja oppilaat tietävät, mitä siinä oppivat"], "pt": ["Sem ligação ao que se ensina", "Referido no plano, não nas aulas", "Algumas aulas de uma disciplina fazem parte", "Faz parte de uma disciplina ao longo do ano", "Várias disciplinas planeiam e ensinam em conjunto", "Está no currículo da escola e os alunos sabem o que aprendem com ele"]}'),
  ('results',
   '{"en": "What came of it, and where can it be seen? Tell what you planned, what you reached, and how you know what pupils learned.", "fi": "Mitä siitä syntyi ja missä sen näkee? Kerro, mitä suunnittelitte, mitä saavutitte ja mistä tiedätte, mitä opittiin.", "pt": "O que resultou, e onde se pode ver? Conte o que planeou, o que alcançou e como sabe o que os alunos aprenderam."}',
   '{"fi": ["Tuloksia ei ole nähtävissä", "Joitakin tuloksia, joista ei kerrottu", "Tulokset on lueteltu", "Tulokset on dokumentoitu ja ne vastaavat tavoitteita", "Vaikutukset oppilaisiin näkyvät, ja he arvioivat niitä itse", "Vaikutukset ulottuvat luokkia laajemmalle, ja siitä on näyttöä"], "pt": ["Não há resultados à vista", "Alguns resultados, não divulgados", "Os resultados estão listados", "Os resultados estão documentados e correspondem aos objetivos", "Os efeitos nos alunos são mostrados e avaliados por eles próprios", "Os efeitos vão além das turmas, com evidências"]}'),
  ('online',
   '{"en": "What did pupils of different schools do together online? Tell of meetings, of things they made together, of what they decided.", "fi": "Mitä eri koulujen oppilaat tekivät yhdessä verkossa? Kerro tapaamisista, yhdessä tehdystä ja siitä, mitä he päättivät.", "pt": "O que fizeram juntos em linha os alunos de escolas diferentes? Conte encontros, o que criaram juntos, o que decidiram."}',
   '{"fi": ["Oppilaat eivät tavanneet verkossa", "Oppilaat katsoivat, mitä muut olivat julkaisseet", "Oppilaat tapasivat tai kirjoittivat kerran", "Oppilaat työskentelivät yhdessä verkossa yhdessä työssä", "Oppilaat työskentelivät yhdessä verkossa useimmissa töissä", "Yhdessä työskentely verkossa oli hankkeen ydin"], "pt": ["Os alunos nunca se encontraram em linha", "Os alunos viram o que outros publicaram", "Os alunos encontraram-se ou escreveram uma vez", "Os alunos trabalharam juntos em linha numa atividade", "Os alunos trabalharam juntos em linha na maioria das atividades", "O trabalho conjunto em linha foi o coração do projeto"]}'),
  ('ict',
   '{"en": "What did your pupils themselves do with technology? Tell what they made with it and what they can do now.", "fi": "Mitä oppilaasi itse tekivät teknologialla? Kerro, mitä he tekivät sillä ja mitä he nyt osaavat.", "pt": "O que fizeram os seus próprios alunos com a tecnologia? Conte o que criaram com ela e o que sabem fazer agora."}',
   '{"en": ["Pupils used no technology", "Pupils watched what teachers did with it", "Pupils used it now and then", "Pupils used it in most activities", "Pupils choose tools for what they want to do", "Pupils make things of their own with it and show others how"], "fi": ["Oppilaat eivät käyttäneet teknologiaa", "Oppilaat katsoivat, mitä opettajat sillä tekivät", "Oppilaat käyttivät sitä silloin tällöin", "Oppilaat käyttivät sitä useimmissa töissä", "Oppilaat valitsevat välineet tarpeidensa mukaan", "Oppilaat tekevät sillä omaa ja neuvovat muita"], "pt": ["Os alunos não usaram tecnologia", "Os alunos viram o que os professores fizeram com ela", "Os alunos usaram-na de vez em quando", "Os alunos usaram-na na maioria das atividades", "Os alunos escolhem ferramentas para o que querem fazer", "Os alunos criam com ela coisas próprias e mostram a outros como"]}'),
  ('safety',
   '{"en": "How did you protect pupils and respect others'' work? Tell of consents, of sources and licences, of what pupils learned about safety online.", "fi": "Miten suojelitte oppilaita ja kunnioititte muiden töitä? Kerro luvista, lähteistä ja siitä, mitä verkkoturvallisuudesta opittiin.", "pt": "Como protegeu os alunos e respeitou o trabalho de outros? Conte consentimentos, fontes e licenças, e o que se aprendeu sobre segurança."}',
   '{"fi": ["Kukaan ei ajatellut asiaa", "Säännöt mainittiin", "Säännöt selitettiin oppilaille", "Luvat säilytetään ja lähteet mainitaan", "Oppilaat noudattavat sääntöjä itse", "Oppilaat opettavat muille tietosuojaa, oikeuksia ja turvallisuutta"], "pt": ["Ninguém pensou nisso", "As regras foram referidas", "As regras foram explicadas aos alunos", "Os consentimentos são guardados e as fontes indicadas", "Os alunos aplicam as regras por si", "Os alunos ensinam outros sobre dados, direitos e segurança em linha"]}')
) as fuller (code, asks, descriptors)
where e.list = 'criterion' and e.code = 'ql-2023.' || fuller.code;

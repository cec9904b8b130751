import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { Contact, ContactList } from "../../protocol/http/partners.ts";
import { actOnContact, type ContactAct, contacts } from "../api/partners.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Place } from "../parts/place.tsx";
import { StatusLine } from "../parts/said.tsx";
import { Tag } from "../parts/tag.tsx";
import { t } from "../words/words.ts";
import { PartnerFrame } from "./partners/sections.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";

/** `/contacts`: who asks me, with whom I am in contact, whom I asked, whom I blocked. */
export default function ContactsPage() {
  return (
    <OwnPage title={t("contacts.title")} needs="account">
      {(me, door) => <AllContacts me={me} door={door} />}
    </OwnPage>
  );
}

const lists = ["asksMe", "mutual", "asked", "blocked"] as const satisfies readonly ContactList[];

interface Listed {
  readonly list: ContactList;
  readonly contacts: readonly Contact[];
  readonly next: string | null;
}

/** The first page of every list: an answer moves somebody from one to another. */
async function everyList() {
  const answers = await Promise.all(lists.map((list) => contacts(list, null)));
  const listed: Listed[] = [];
  for (const [index, list] of lists.entries()) {
    const answer = answers[index];
    if (answer === undefined) continue;
    if (isRefused(answer)) return answer;
    listed.push({ list, ...answer.value });
  }
  return { value: listed };
}

function AllContacts({ me, door }: { me: Me; door: FrontDoor }) {
  const { asked, again, change } = useAsked(everyList);
  const [said, tell] = useState<string>();
  const listed = asked.state === "here" ? asked.value : [];
  const done = (sentence: string) => {
    tell(sentence);
    again();
  };
  const grow = (list: ContactList, page: { contacts: Contact[]; next: string | null }) =>
    change((before) =>
      before.map((one) =>
        one.list === list ? { list, contacts: [...one.contacts, ...page.contacts], next: page.next } : one,
      ),
    );
  return (
    <PartnerFrame me={me} door={door} title={t("contacts.title")} intro={t("contacts.intro")}>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      <StatusLine>{said}</StatusLine>
      {asked.state === "here" && listed.every((one) => one.contacts.length === 0) ? (
        <div className="card">
          <EmptyState
            icon="handshake"
            title={t("contacts.none")}
            act={
              <ButtonLink look="filled" icon="magnifying-glass" href="/partners">
                {t("contacts.find")}
              </ButtonLink>
            }
          />
        </div>
      ) : null}
      {listed.map((one) =>
        one.contacts.length === 0 ? null : <OneList key={one.list} listed={one} done={done} grow={grow} />,
      )}
    </PartnerFrame>
  );
}

function OneList({
  listed: { list, contacts: people, next },
  done,
  grow,
}: {
  listed: Listed;
  done: (sentence: string) => void;
  grow: (list: ContactList, page: { contacts: Contact[]; next: string | null }) => void;
}) {
  const more = useAct(
    () => contacts(list, next),
    (page) => grow(list, page),
  );
  return (
    <section className="home-part" aria-labelledby={`contacts-${list}`}>
      <h2 id={`contacts-${list}`} className="home-head">
        {t(`contacts.${list}`)}
      </h2>
      <ul className="rows" aria-labelledby={`contacts-${list}`}>
        {people.map((contact) => (
          <Row key={contact.account} contact={contact} list={list} done={done} />
        ))}
      </ul>
      <Trouble refusal={more.refusal} />
      {next === null ? null : (
        <p>
          <Button onClick={() => more.run()} aria-disabled={more.busy}>
            {t("act.showMore")}
          </Button>
        </p>
      )}
    </section>
  );
}

function Row({ contact, list, done }: { contact: Contact; list: ContactList; done: (sentence: string) => void }) {
  const { account, name, school, note, email } = contact;
  const [refusal, setRefusal] = useState<Refusal>();
  return (
    <li className="row">
      <div className="row__words">
        <strong>{name}</strong>
        {school === null ? null : (
          <span className="soft small">
            <Place country={school.country}>
              {school.name}, {school.town}
            </Place>
          </span>
        )}
        {note === "" || list === "mutual" ? null : <p className="partner__words">{note}</p>}
        {email === null ? null : <a href={`mailto:${email}`}>{email}</a>}
        <Trouble refusal={refusal} />
      </div>
      <div className="row__acts">
        {list === "mutual" ? (
          <ButtonLink size="small" icon="handshake" href={`/projects/new?with=${encodeURIComponent(account)}`}>
            {t("contacts.project", { name })}
          </ButtonLink>
        ) : null}
        {list === "asked" && contact.relation === "declined" ? <Tag>{t("relation.declined")}</Tag> : null}
        {actsIn(list, contact).map((act) => (
          <ActButton key={act} act={act} contact={contact} list={list} done={done} refused={setRefusal} />
        ))}
      </div>
    </li>
  );
}

/** What can be done about somebody, the likeliest first. Who declined cannot be un-asked. */
function actsIn(list: ContactList, { relation }: Contact): readonly ContactAct[] {
  switch (list) {
    case "asksMe":
      return ["accept", "decline", "block"];
    case "mutual":
      return ["end", "block"];
    case "asked":
      return relation === "declined" ? [] : ["end"];
    case "blocked":
      return ["unblock"];
  }
}

function wordsOf(act: ContactAct, list: ContactList, name: string): { label: string; spoken: string; done: string } {
  switch (act) {
    case "accept":
      return {
        label: t("contacts.accept"),
        spoken: t("contacts.acceptName", { name }),
        done: t("contacts.accepted", { name }),
      };
    case "decline":
      return {
        label: t("contacts.decline"),
        spoken: t("contacts.declineName", { name }),
        done: t("contacts.declined", { name }),
      };
    case "block":
      return {
        label: t("contacts.block"),
        spoken: t("contacts.blockName", { name }),
        done: t("contacts.blockedNow", { name }),
      };
    case "unblock":
      return {
        label: t("contacts.unblock"),
        spoken: t("contacts.unblockName", { name }),
        done: t("contacts.unblocked", { name }),
      };
    case "end":
      return list === "mutual"
        ? { label: t("contacts.end"), spoken: t("contacts.endName", { name }), done: t("contacts.ended", { name }) }
        : {
            label: t("contacts.withdraw"),
            spoken: t("contacts.withdrawName", { name }),
            done: t("contacts.withdrawn", { name }),
          };
  }
}

function ActButton({
  act,
  contact: { account, name },
  list,
  done,
  refused,
}: {
  act: ContactAct;
  contact: Contact;
  list: ContactList;
  done: (sentence: string) => void;
  refused: (refusal: Refusal | undefined) => void;
}) {
  const [isAsking, ask] = useState(false);
  const words = wordsOf(act, list, name);
  const doing = useAct(
    async () => {
      const answer = await actOnContact(account, act);
      refused(isRefused(answer) ? answer : undefined);
      return answer;
    },
    () => done(words.done),
  );
  const isGrave = act === "block" || (act === "end" && list === "mutual");
  return (
    <>
      <Button
        size="small"
        look={act === "accept" ? "filled" : act === "block" ? "danger" : "outlined"}
        aria-label={words.spoken}
        aria-disabled={doing.busy}
        onClick={() => (isGrave ? ask(true) : doing.run())}
      >
        {words.label}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title={`${words.spoken}?`}
          confirm={words.label}
          onConfirm={() => doing.run()}
          onClose={() => ask(false)}
        >
          <p>{t(act === "block" ? "contacts.blockHint" : "contacts.endHint")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

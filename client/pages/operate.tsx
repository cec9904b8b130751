import { useState } from "react";
import type { FrontDoor, Me, OneTimeLink, Person } from "../../protocol/http/accounts.ts";
import { takeSecondFactorAway } from "../api/signing-in.ts";
import { endAccount, isRefused, people, renewLink } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { StatusLine } from "../parts/said.tsx";
import { t } from "../words/words.ts";
import { InviteDialog } from "./portal/invite.tsx";
import { MailPart } from "./portal/mail-part.tsx";
import { OneTimeLinkDialog } from "./portal/one-time-link.tsx";
import { PeopleTable } from "./portal/people-table.tsx";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { SchoolsPart } from "./portal/schools-part.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { usePages } from "./portal/use-pages.ts";

/** `/operate`: people and schools, for who runs the server. */
export default function OperatePage() {
  return (
    <OwnPage title={t("operate.title")} needs="operator">
      {(me, door) => <Operate me={me} door={door} />}
    </OwnPage>
  );
}

/** What the page asks before it does it, or shows after. */
type Open =
  | { what: "invite" }
  | { what: "reset"; person: Person }
  | { what: "takeAway"; person: Person }
  | { what: "end"; person: Person }
  | { what: "link"; link: OneTimeLink };

function Operate({ me, door }: { me: Me; door: FrontDoor }) {
  const [words, seek] = useState("");
  const everybody = usePages<Person>(words, async (sought, after) => {
    const answer = await people(sought, after);
    return isRefused(answer) ? answer : { value: { rows: answer.value.people, next: answer.value.next } };
  });
  /** Counts invitations, each of which may have brought a school. */
  const [stamp, setStamp] = useState(0);
  const [open, setOpen] = useState<Open>();
  const [said, say] = useState<string>();

  const put = (person: Person) =>
    everybody.change((before) =>
      before.some(({ id }) => id === person.id)
        ? before.map((one) => (one.id === person.id ? { ...person, seenAt: one.seenAt } : one))
        : [person, ...before],
    );
  const showLink = (link: OneTimeLink) => {
    put(link.person);
    setOpen({ what: "link", link });
  };

  const renew = useAct((person: Person) => renewLink(person.id), showLink);
  const takeAway = useAct(
    (person: Person) => takeSecondFactorAway(person.id),
    (person) => {
      put(person);
      say(t("second.takenAway", { name: person.name }));
    },
  );
  const end = useAct(
    (person: Person) => endAccount(person.id),
    (person) => {
      put(person);
      say(t("operate.endedDone", { name: person.name }));
    },
  );

  const close = () => setOpen(undefined);
  return (
    <PortalFrame
      door={door}
      title={t("operate.title")}
      intro={t("operate.hint")}
      acts={
        <Button look="filled" icon="user-plus" onClick={() => setOpen({ what: "invite" })}>
          {t("operate.invite")}
        </Button>
      }
    >
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={renew.refusal ?? takeAway.refusal ?? end.refusal} />
      <section className="home-part" aria-labelledby="people">
        <h2 id="people" className="home-head">
          {t("operate.people")}
        </h2>
        {everybody.rows === undefined && everybody.refusal === undefined ? (
          <p role="status">{t("app.loading")}</p>
        ) : (
          <PeopleTable
            me={me}
            people={everybody}
            words={words}
            onWords={seek}
            // Who never answered has no password to lose: their link is simply made anew.
            renew={(person) => (person.state === "invited" ? renew.run(person) : setOpen({ what: "reset", person }))}
            takeAway={(person) => setOpen({ what: "takeAway", person })}
            end={(person) => setOpen({ what: "end", person })}
          />
        )}
      </section>
      <MailPart />
      <SchoolsPart stamp={stamp} />
      {open?.what === "invite" ? (
        <InviteDialog
          made={(link) => {
            setStamp((before) => before + 1);
            showLink(link);
          }}
          onClose={close}
        />
      ) : null}
      {open?.what === "link" ? <OneTimeLinkDialog link={open.link} zone={me.timeZone} onClose={close} /> : null}
      {open?.what === "reset" ? (
        <ConfirmDialog
          title={t("operate.resetAsk", { name: open.person.name })}
          confirm={t("operate.reset")}
          onConfirm={() => renew.run(open.person)}
          onClose={close}
        >
          <p>{t("operate.resetAskHint")}</p>
        </ConfirmDialog>
      ) : null}
      {open?.what === "takeAway" ? (
        <ConfirmDialog
          title={t("second.takeAwayAsk", { name: open.person.name })}
          confirm={t("second.takeAway")}
          onConfirm={() => takeAway.run(open.person)}
          onClose={close}
        >
          <p>{t("second.takeAwayHint")}</p>
        </ConfirmDialog>
      ) : null}
      {open?.what === "end" ? (
        <ConfirmDialog
          title={t("operate.endAsk", { name: open.person.name })}
          confirm={t("operate.end")}
          onConfirm={() => end.run(open.person)}
          onClose={close}
        >
          <p>{t("operate.endAskHint")}</p>
        </ConfirmDialog>
      ) : null}
    </PortalFrame>
  );
}

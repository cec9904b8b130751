import { useState } from "react";
import type { FrontDoor, Me, OneTimeLink, Person, School } from "../../protocol/http/accounts.ts";
import { endAccount, people, renewLink, schools } from "../api.ts";
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
import { useAsked } from "./portal/use-asked.ts";

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
  | { what: "end"; person: Person }
  | { what: "link"; link: OneTimeLink };

function Operate({ me, door }: { me: Me; door: FrontDoor }) {
  const everybody = useAsked(people);
  const everySchool = useAsked(schools);
  const [open, setOpen] = useState<Open>();
  const [said, say] = useState<string>();

  const put = (person: Person) =>
    everybody.change(({ people: before }) => ({
      people: before.some(({ id }) => id === person.id)
        ? before.map((one) => (one.id === person.id ? { ...person, seenAt: one.seenAt } : one))
        : [...before, person],
    }));
  const showLink = (link: OneTimeLink) => {
    put(link.person);
    setOpen({ what: "link", link });
  };
  const addSchools = (added: readonly School[]) =>
    everySchool.change(({ schools: before }) => ({
      schools: [...before, ...added.filter(({ id }) => !before.some((one) => one.id === id))],
    }));

  const renew = useAct((person: Person) => renewLink(person.id), showLink);
  const end = useAct(
    (person: Person) => endAccount(person.id),
    (person) => {
      put(person);
      say(t("operate.endedDone", { name: person.name }));
    },
  );

  const close = () => setOpen(undefined);
  const listed = everybody.asked.state === "here" ? everybody.asked.value.people : undefined;
  const known = everySchool.asked.state === "here" ? everySchool.asked.value.schools : [];
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
      <Trouble refusal={renew.refusal ?? end.refusal} />
      {everybody.asked.state === "refused" ? (
        <Trouble refusal={everybody.asked.refusal} again={everybody.again} />
      ) : null}
      <section className="home-part" aria-labelledby="people">
        <h2 id="people" className="home-head">
          {t("operate.people")}
        </h2>
        {listed === undefined ? (
          <p role="status">{t("app.loading")}</p>
        ) : (
          <PeopleTable
            me={me}
            people={listed}
            // Who never answered has no password to lose: their link is simply made anew.
            renew={(person) => (person.state === "invited" ? renew.run(person) : setOpen({ what: "reset", person }))}
            end={(person) => setOpen({ what: "end", person })}
          />
        )}
      </section>
      <MailPart />
      <SchoolsPart schools={known} people={listed ?? []} added={(school) => addSchools([school])} />
      {open?.what === "invite" ? (
        <InviteDialog
          schools={known}
          made={(link) => {
            if (link.person.school !== null) addSchools([link.person.school]);
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

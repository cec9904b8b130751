import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { Service, ServiceStaff, Services } from "../../protocol/http/services.ts";
import { services as askServices, dismiss } from "../api/desk.ts";
import { Button } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { Place } from "../parts/place.tsx";
import { StatusLine } from "../parts/said.tsx";
import { countryName, languageName, listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { Fact } from "./desk/fact.tsx";
import { Outside } from "./desk/school-facts.tsx";
import { AddServiceDialog, AppointDialog, ServiceDialog } from "./desk/service-dialogs.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";

/** `/desk/services`: what support services say of themselves, and who works there. */
export default function DeskServicesPage() {
  return (
    <OwnPage title={t("desk.services")} needs="desk">
      {(me, door) => <ServicesShown me={me} door={door} />}
    </OwnPage>
  );
}

type Open =
  | { what: "add" }
  | { what: "edit"; service: Service }
  | { what: "appoint"; service: Service }
  | { what: "dismiss"; service: Service; person: ServiceStaff };

function ServicesShown({ me, door }: { me: Me; door: FrontDoor }) {
  const { asked, again, change } = useAsked(askServices);
  const [open, setOpen] = useState<Open>();
  const [said, say] = useState<string>();
  const close = () => setOpen(undefined);
  const put = (sentence: string) => (now: Services) => {
    change(() => now);
    say(sentence);
    close();
  };
  const dismissing = useAct(
    (service: Service, person: ServiceStaff) => dismiss(service.id, person.account),
    (now, _, person) => put(t("desk.dismissed", { name: person.name }))(now),
  );
  const mayAppoint = me.standings.includes("css");
  return (
    <DeskFrame
      me={me}
      door={door}
      title={t("desk.services")}
      intro={t("desk.servicesHint")}
      acts={
        mayAppoint ? (
          <Button look="filled" icon="plus" onClick={() => setOpen({ what: "add" })}>
            {t("desk.addService")}
          </Button>
        ) : undefined
      }
    >
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={dismissing.refusal} />
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <div className="desk-services">
          {asked.value.services.map((service) => (
            <ServiceCard key={service.id} service={service} open={setOpen} />
          ))}
        </div>
      ) : null}
      {open?.what === "add" ? <AddServiceDialog done={put(t("desk.addService"))} onClose={close} /> : null}
      {open?.what === "edit" ? (
        <ServiceDialog
          service={open.service}
          done={put(t("desk.saved", { name: open.service.name }))}
          onClose={close}
        />
      ) : null}
      {open?.what === "appoint" ? (
        <AppointDialog service={open.service} done={put(t("desk.appointed"))} onClose={close} />
      ) : null}
      {open?.what === "dismiss" ? (
        <ConfirmDialog
          title={t("desk.dismissAsk", { name: open.person.name, service: open.service.name })}
          confirm={t("desk.dismiss")}
          onConfirm={() => dismissing.run(open.service, open.person)}
          onClose={close}
        >
          <p>{t("desk.dismissHint")}</p>
        </ConfirmDialog>
      ) : null}
    </DeskFrame>
  );
}

function ServiceCard({ service, open }: { service: Service; open: (open: Open) => void }) {
  const { country, name, email, website, languages, staff, mayAppoint } = service;
  const missing = <span className="soft">{t("desk.noFacts")}</span>;
  return (
    <section className="card desk-service" aria-labelledby={`service-${service.id}`}>
      <h2 id={`service-${service.id}`}>{name}</h2>
      <p>{country === null ? t("desk.central") : <Place country={country}>{countryName(country)}</Place>}</p>
      <dl className="facts">
        <Fact name={t("desk.serviceEmail")}>{email || missing}</Fact>
        <Fact name={t("desk.serviceWebsite")}>{website === "" ? missing : <Outside href={website} />}</Fact>
        <Fact name={t("desk.languages")}>{listOf(languages.map(languageName)) || missing}</Fact>
      </dl>
      {staff.length === 0 ? (
        <p className="soft">{t("desk.staffNone")}</p>
      ) : (
        <ul className="desk-staff" aria-label={t("desk.staff", { count: staff.length })}>
          {staff.map((person) => (
            <li key={person.account}>
              <span className="person">
                <strong>{person.name}</strong>
                <span className="soft small">{person.email}</span>
              </span>
              {mayAppoint ? (
                <Button
                  size="small"
                  look="danger"
                  aria-label={t("desk.dismissName", { name: person.name })}
                  onClick={() => open({ what: "dismiss", service, person })}
                >
                  {t("desk.dismiss")}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <div className="form__acts">
        <Button
          size="small"
          icon="pencil-simple"
          aria-label={t("desk.editService", { name })}
          onClick={() => open({ what: "edit", service })}
        >
          {t("desk.edit")}
        </Button>
        {mayAppoint ? (
          <Button
            size="small"
            icon="user-plus"
            aria-label={t("desk.appointTo", { name })}
            onClick={() => open({ what: "appoint", service })}
          >
            {t("desk.appoint")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

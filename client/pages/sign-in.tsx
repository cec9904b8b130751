import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SsoArrival } from "../../protocol/http/sso.ts";
import { ssoArrival, ssoAt } from "../api/signing-in.ts";
import { ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { refusalSentence } from "../words/refusals.ts";
import { isWordKey, t } from "../words/words.ts";
import { CodeForm } from "./portal/code-form.tsx";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { SignInForm } from "./portal/sign-in-form.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";

const enter = () => location.assign("/");

/**
 * `/sign-in`: by password, the second step, and what single sign-on comes back to. `?why=<refusal>` says why it did not work,
 * `#link` asks the owner of an account to link it.
 */
export default function SignInPage() {
  const why = new URLSearchParams(location.search).get("why");
  return (
    <OpenPage title={t("signIn.title")}>
      {(door) => {
        if (why !== null && isWordKey(`refusal.${why}`)) return <Refused door={door} why={why} />;
        if (location.hash === "#link" && !door.secondStep) return <Link door={door} />;
        return (
          <PortalFrame door={door} title={t("signIn.title")}>
            <div className="card portal-narrow">
              <SignInForm filled done={enter} />
            </div>
          </PortalFrame>
        );
      }}
    </OpenPage>
  );
}

/** A whole page for a sentence: whoever comes back from elsewhere must not have to look for it. */
function Refused({ door, why }: { door: FrontDoor; why: string }) {
  const isSignedIn = door.me !== null;
  const mayTryAgain = door.sso !== null && !isSignedIn && why !== "sso.notStaff" && why !== "account.ended";
  return (
    <PortalFrame door={door} title={t(isSignedIn ? "signIn.notLinked" : "signIn.notIn")}>
      <div className="card">
        <EmptyState
          icon={why === "sso.notStaff" ? "users-three" : "lock-simple"}
          title={refusalSentence(why)}
          act={
            <div className="form__acts">
              {mayTryAgain ? (
                <ButtonLink look="filled" href={ssoAt("/")}>
                  {t("signIn.tryAgain")}
                </ButtonLink>
              ) : null}
              {isSignedIn ? (
                <ButtonLink look="filled" href="/account">
                  {t("signIn.toAccount")}
                </ButtonLink>
              ) : (
                <ButtonLink look={mayTryAgain ? "outlined" : "filled"} href="/">
                  {t("app.frontDoor")}
                </ButtonLink>
              )}
            </div>
          }
        />
      </div>
      {why === "sso.notStaff" ? (
        <section className="card form portal-narrow" aria-label={t("front.byCode")}>
          <CodeForm />
        </section>
      ) : null}
    </PortalFrame>
  );
}

function Link({ door }: { door: FrontDoor }) {
  const { asked, again } = useAsked(ssoArrival);
  if (asked.state === "here") return <LinkAccount door={door} arrival={asked.value} />;
  if (asked.state === "refused" && asked.refusal.refused === "sso.expired") {
    return <Refused door={door} why="sso.expired" />;
  }
  return (
    <PortalFrame door={door} title={t("signIn.linkTitle")}>
      {asked.state === "asking" ? (
        <p role="status">{t("app.loading")}</p>
      ) : (
        <Trouble refusal={asked.refusal} again={again} />
      )}
    </PortalFrame>
  );
}

function LinkAccount({ door, arrival: { provider, email } }: { door: FrontDoor; arrival: SsoArrival }) {
  return (
    <PortalFrame door={door} title={t("signIn.linkTitle")} intro={t("signIn.linkHint", { provider, email })}>
      <div className="card portal-narrow">
        <SignInForm filled linking={email} done={enter} />
      </div>
    </PortalFrame>
  );
}

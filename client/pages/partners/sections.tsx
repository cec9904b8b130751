import type { ReactNode } from "react";
import type { FrontDoor, Me } from "../../../protocol/http/accounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { t } from "../../words/words.ts";
import { PortalFrame, type Shown } from "../portal/portal-page.tsx";
import "./partners.css";

/** The frame of every page about partners, for whom it is for; others read why not. */
export function PartnerFrame({ me, door, ...shown }: { me: Me; door: FrontDoor; children?: ReactNode } & Shown) {
  const isForThem = me.standings.some((standing) => ["staff", "nss", "css"].includes(standing));
  if (isForThem) {
    return (
      <PortalFrame door={door} {...shown}>
        <Sections />
        {shown.children}
      </PortalFrame>
    );
  }
  return (
    <PortalFrame door={door} title={shown.title ?? t("partners.title")}>
      <div className="card">
        <EmptyState icon="lock-simple" title={t("partners.onlyStaff")}>
          {t("partners.onlyStaffHint")}
        </EmptyState>
      </div>
    </PortalFrame>
  );
}

function Sections() {
  const goes = [
    { path: "/partners", label: t("partners.schools") },
    { path: "/partners/notices", label: t("partners.notices") },
    { path: "/contacts", label: t("partners.contacts") },
  ];
  return (
    <nav className="portal-nav partner-sections" aria-label={t("partners.sections")}>
      {goes.map(({ path, label }) => (
        <a key={path} href={path} aria-current={location.pathname === path ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

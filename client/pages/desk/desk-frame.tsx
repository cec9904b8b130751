import type { FrontDoor, Me } from "../../../protocol/http/accounts.ts";
import { t } from "../../words/words.ts";
import { PortalFrame, type Shown } from "../portal/portal-page.tsx";
import "./desk.css";

/** The frame of every page of a support service, with the ways between them. */
export function DeskFrame({ me, door, children, ...shown }: { me: Me; door: FrontDoor } & Shown) {
  const isCentral = me.standings.includes("css");
  const pages = [
    { path: "/desk", label: t("desk.title"), shown: true },
    { path: "/desk/reports", label: t("deskReports.title"), shown: true },
    { path: "/desk/quality-labels", label: t("desk.qualityLabels"), shown: true },
    { path: "/desk/figures", label: t("desk.figures"), shown: true },
    { path: "/desk/services", label: t("desk.services"), shown: true },
    { path: "/desk/lists", label: t("desk.lists"), shown: isCentral },
  ];
  return (
    <PortalFrame door={door} {...shown}>
      <nav className="desk-pages" aria-label={t("desk.pages")}>
        {pages
          .filter((page) => page.shown)
          .map(({ path, label }) => (
            <a key={path} href={path} aria-current={isHere(path) ? "page" : undefined}>
              {label}
            </a>
          ))}
      </nav>
      {children}
    </PortalFrame>
  );
}

/** Also of what is opened from there. */
const isHere = (path: string): boolean =>
  location.pathname === path || (path !== "/desk" && location.pathname.startsWith(`${path}/`));

/** The browser's beginning: looks, words, and the page that the address asks for. */
import { createRoot } from "react-dom/client";
import "./looks/tokens.css";
import "./looks/fonts.css";
import "./looks/base.css";
import { applyLooks } from "./looks/chosen.ts";
import { NotFound, Stopped } from "./pages/not-found.tsx";
import { type PageModule, routeFor, routes } from "./routes.ts";
import { t } from "./words/words.ts";

applyLooks();

const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no #root");
const root = createRoot(place);
const found = routeFor(routes, location.pathname);

if (found === null) {
  root.render(<NotFound />);
} else {
  found.route.load().then(
    ({ default: Page }: PageModule) => root.render(<Page params={found.params} />),
    (fault: unknown) => {
      // A new version was put up and the old page's parts are gone: loading again gets the new ones.
      console.error(t("app.failed"), fault);
      root.render(<Stopped />);
    },
  );
}

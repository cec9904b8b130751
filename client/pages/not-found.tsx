import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { PageFrame } from "../parts/page-frame.tsx";
import { t } from "../words/words.ts";

/** No page has this address. */
export function NotFound() {
  return (
    <PageFrame title={t("app.notFound")}>
      <EmptyState
        icon="magnifying-glass"
        title={t("app.notFoundHint")}
        act={
          <ButtonLink look="filled" href="/">
            {t("app.frontDoor")}
          </ButtonLink>
        }
      />
    </PageFrame>
  );
}

/** The page's own scripts could not be loaded or broke. */
export function Stopped() {
  return (
    <PageFrame title={t("app.failed")}>
      <EmptyState
        icon="arrows-clockwise"
        title={t("app.failedHint")}
        act={
          <Button look="filled" onClick={() => location.reload()}>
            {t("app.reload")}
          </Button>
        }
      />
    </PageFrame>
  );
}

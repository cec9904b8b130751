import { collab, getVersion } from "prosemirror-collab";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState, NodeSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { useEffect, useRef, useState } from "react";
import { type TextNode, textSchema } from "../../domain/text/schema.ts";
import { keptText } from "../../domain/text/steps.ts";
import type { PagePerson } from "../../protocol/twinspace/live.ts";
import type { MaterialCard } from "../../protocol/twinspace/materials.ts";
import type { PageOpened } from "../../protocol/twinspace/pages.ts";
import { sendSteps, stepsAfter } from "../api/space/pages.ts";
import type { Refusal } from "../api.ts";
import { ChooseMaterial } from "../pages/twinspace/choose-material.tsx";
import { type OpenedPage, spaceLine } from "../space-line.ts";
import { personName } from "../views/people-of-space.ts";
import { t } from "../words/words.ts";
import { keep, slotOf } from "./kept-steps.ts";
import { keyPlugins } from "./keys.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { MaterialDialog } from "./material-dialog.tsx";
import { materialViews } from "./material-views.ts";
import { othersIn, presencePlugin, selectionToTell, showPresence } from "./presence.ts";
import { SyncLine } from "./sync-line.tsx";
import { newClientId, thisTab } from "./tab.ts";
import { type SyncState, type TextCarrier, TextSync } from "./text-sync.ts";
import { type Asks, Toolbar } from "./toolbar.tsx";
import "./editor.css";

/** Without a line others are asked for this often. */
const pollMs = 3_000;
const keepAfterMs = 200;
/** What is not sent says again that its editor is open. */
const aliveEveryMs = 5_000;

export interface EditorProps {
  slug: string;
  /** Insider.author of who writes: what is kept on this device is theirs alone. */
  me: string;
  page: PageOpened;
  people: (people: readonly PagePerson[], me: string) => void;
  /** How to have everything sent before the page is left; false: it could not be. */
  ready: (flush: () => Promise<boolean>) => void;
}

/** Writing a page, with others at once. What is written is sent while one writes, and kept here until it arrived. */
export default function TextEditor({ slug, me, page, people, ready }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView>();
  const [state, setState] = useState<EditorState>();
  const [sync, setSync] = useState<{ state: SyncState; refusal: Refusal | undefined }>({
    state: "saved",
    refusal: undefined,
  });
  const [asks, ask] = useState<Asks>();
  const given = useRef({ people, ready });
  given.current = { people, ready };

  useEffect(() => {
    if (place.current === null) return;
    const open = openEditor(
      place.current,
      { slug, me, page },
      {
        people: (all, mine) => given.current.people(all, mine),
        drawn: setState,
        sync: (now, refusal) => setSync({ state: now, refusal }),
        link: () => ask("link"),
      },
    );
    setView(open.view);
    setState(open.view.state);
    given.current.ready(open.flush);
    return open.close;
    // The page is as it was when it was opened; what others write comes by the line.
  }, [slug, me, page]);

  const chosen = (material: MaterialCard) => {
    ask(undefined);
    if (view === undefined) return;
    insertMaterial(view, material);
    if (material.kind === "image" && material.alt === "" && !material.decorative) ask("words");
    else requestAnimationFrame(() => view.focus());
  };
  return (
    <div className="editor">
      {view === undefined || state === undefined ? null : <Toolbar view={view} state={state} ask={ask} />}
      <div ref={place} className="editor__paper text" />
      <SyncLine
        state={sync.state}
        refusal={sync.refusal}
        text={() => (view?.state.doc.toJSON() ?? page.doc) as TextNode}
      />
      {asks === "link" && view ? <LinkDialog view={view} onClose={() => ask(undefined)} /> : null}
      {asks === "words" && view ? <MaterialDialog view={view} onClose={() => ask(undefined)} /> : null}
      {asks === "image" || asks === "video" || asks === "file" ? (
        <ChooseMaterial kind={asks} onChosen={chosen} onClose={() => ask(undefined)} />
      ) : null}
    </div>
  );
}

function insertMaterial(view: EditorView, { id, kind, name, alt }: MaterialCard): void {
  const { image, video, file } = textSchema.nodes;
  const node =
    kind === "image"
      ? image.create({ material: id, alt })
      : kind === "video"
        ? video.create({ material: id, caption: "" })
        : file.create({ material: id, title: name });
  const transaction = view.state.tr.replaceSelectionWith(node);
  const at = transaction.selection.from - node.nodeSize;
  // So that its words can be asked for at once.
  for (const begin of [at, at - 1, at + 1]) {
    if (begin >= 0 && transaction.doc.nodeAt(begin)?.attrs.material === id) {
      transaction.setSelection(NodeSelection.create(transaction.doc, begin));
      break;
    }
  }
  view.dispatch(transaction.scrollIntoView());
}

interface Hears {
  people: (people: readonly PagePerson[], me: string) => void;
  drawn: (state: EditorState) => void;
  sync: (state: SyncState, refusal: Refusal | undefined) => void;
  link: () => void;
}

/** The editor itself, its line, and what keeps them together. No React in it. */
function openEditor(place: HTMLElement, { slug, me, page }: Pick<EditorProps, "slug" | "me" | "page">, hears: Hears) {
  const clientId = newClientId();
  const doc = keptText(page.doc as TextNode); // the server keeps nothing else
  const slot = slotOf(me, page.id, thisTab());
  const line = spaceLine(slug);
  let opened: OpenedPage | undefined;
  let isLive = false;

  const openLink = () => {
    hears.link();
    return true;
  };
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({
      doc,
      plugins: [
        ...keyPlugins(openLink),
        history(),
        collab({ version: page.version, clientID: clientId }),
        presencePlugin(),
        dropCursor({ class: "editor__drop" }),
        gapCursor(),
      ],
    }),
    nodeViews: materialViews(slug),
    attributes: {
      id: "page-text",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": t("editor.text"),
      dir: "auto",
    },
    dispatchTransaction(transaction) {
      const before = view.state;
      view.updateState(before.apply(transaction));
      hears.drawn(view.state);
      if (transaction.docChanged) {
        if (sync.unsent() !== null) sync.written();
        keepSoon();
      }
      // What I wrote counts in others' positions only once it is confirmed: then they are told anew where I am.
      const isConfirmed = getVersion(before) !== getVersion(view.state);
      if (transaction.docChanged || isConfirmed || !before.selection.eq(view.state.selection)) tellSelection();
    },
  });

  const carrier: TextCarrier = {
    async send(steps) {
      const told = isLive ? await opened?.send(steps) : null;
      if (!told) return sendSteps(slug, page.id, steps);
      return "refused" in told ? told : { value: told };
    },
    missed: (after) => stepsAfter(slug, page.id, after),
  };
  const sync = new TextSync(view, clientId, doc, carrier, {
    state(now, refusal) {
      if (now === "stopped") view.setProps({ editable: () => false });
      keepNow();
      hears.sync(now, refusal);
    },
  });

  let keeping: ReturnType<typeof setTimeout> | undefined;
  const keepNow = () => {
    clearTimeout(keeping);
    keeping = undefined;
    const unsent = sync.unsent();
    if (unsent === null) return void keep(localStorage, slot, null);
    keep(localStorage, slot, { ...unsent, doc: unsent.doc.toJSON(), client: clientId, at: Date.now() });
  };
  const keepSoon = () => {
    keeping ??= setTimeout(keepNow, keepAfterMs);
  };
  const tellSelection = () => opened?.select(view.hasFocus() ? selectionToTell(view.state) : null);

  opened = line.openPage(page.id, {
    people(people, mine) {
      hears.people(people, mine);
      view.dispatch(
        showPresence(
          view.state,
          othersIn(people, mine, ({ person }) => personName(person)),
        ),
      );
    },
    steps: (told) => sync.told(told),
    live(version) {
      isLive = true;
      if (version !== sync.version || sync.unsent() !== null) sync.ask();
      tellSelection();
    },
    offline() {
      isLive = false;
      hears.people([], "");
      view.dispatch(showPresence(view.state, []));
    },
  });

  const polling = setInterval(() => !isLive && !document.hidden && sync.ask(), pollMs);
  const living = setInterval(() => sync.unsent() !== null && keepNow(), aliveEveryMs);
  const online = () => sync.ask();
  addEventListener("online", online);
  addEventListener("pagehide", keepNow);
  view.dom.addEventListener("focus", tellSelection);
  view.dom.addEventListener("blur", tellSelection);

  return {
    view,
    flush: () => sync.flush(),
    close() {
      keepNow();
      clearInterval(polling);
      clearInterval(living);
      removeEventListener("online", online);
      removeEventListener("pagehide", keepNow);
      sync.stop();
      opened?.close();
      line.letGo();
      view.destroy();
    },
  };
}

import { type ReactNode, useEffect, useId, useRef } from "react";
import { t } from "../words/words.ts";
import { Button, IconButton } from "./button.tsx";
import "./dialog.css";

/**
 * A modal dialog in the browser's own element: it holds the focus, closes on Escape and gives the focus back. It is open while
 * it is drawn; `onClose` must take it away.
 */
export function Dialog({
  title,
  children,
  onClose,
  acts,
}: {
  title: string;
  children?: ReactNode;
  onClose: () => void;
  acts?: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    shown?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog__head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="x" name={t("act.close")} onClick={onClose} />
      </header>
      <div className="dialog__body">{children}</div>
      {acts === undefined ? null : <footer className="dialog__acts">{acts}</footer>}
    </dialog>
  );
}

/** Asks again before something that cannot be taken back. The safe answer has the focus. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  danger = true,
  onConfirm,
  onClose,
}: {
  title: string;
  children?: ReactNode;
  /** The verb on the button that does it. */
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose} data-first>
            {t("act.cancel")}
          </Button>
          <Button
            look={danger ? "danger" : "filled"}
            onClick={() => {
              onConfirm();
              onClose();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

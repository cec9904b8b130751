import { useId, useRef } from "react";
import { Button, type ButtonLooks } from "../../../parts/button.tsx";

/** A button that lets files be chosen: from the disk, and on a telephone from its camera and its pictures. */
export function FileButton({
  children,
  accept,
  several = true,
  onFiles,
  ...looks
}: ButtonLooks & {
  children: string;
  accept?: string | undefined;
  several?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <>
      <Button {...looks} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        multiple={several}
        accept={accept}
        aria-label={children}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again, to go on with it.
          event.target.value = "";
        }}
      />
    </>
  );
}

import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
/** What the file `name` of a folder that is there holds, as soon as it holds something. */
export async function written(folder, name) {
    const path = join(folder, name);
    const watching = watch(folder);
    try {
        for (;;) {
            const next = once(watching, 'change');
            const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
            if (text !== '')
                return text;
            await next;
        }
    }
    finally {
        watching.close();
    }
}

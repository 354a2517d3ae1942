import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { simpleGit } from 'simple-git';

const AUTHOR = { name: 'Ada Example', email: 'ada@example.com' };

/**
 * A small repository with the key in its second commit, pushed: its fetch address is the code host's, its push address a bare
 * repository beside it, so that nothing leaves this machine.
 */
export async function makeRepository(folder: string, remote: string, key: string): Promise<void> {
  const bare = `${folder}.git`;
  await mkdir(folder, { recursive: true });
  await simpleGit().init(['--quiet', '--bare', '--initial-branch=main', bare]);
  const git = simpleGit(folder);
  await git.init(['--quiet', '--initial-branch=main']);
  await git.addConfig('user.name', AUTHOR.name);
  await git.addConfig('user.email', AUTHOR.email);
  await git.addConfig('commit.gpgsign', 'false');
  await git.addRemote('origin', remote);
  await git.raw(['remote', 'set-url', '--push', 'origin', bare]);

  const commit = async (message: string, files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await git.add('.');
    await git.commit(message);
  };
  await commit('start the shop', {
    'README.md': '# shop\n',
    'src/pay.js': 'export const pay = (cart) => cart.total;\n',
  });
  await commit('make payments work on staging', {
    'config/payments.env': `PAYMENTS_URL=https://pay.example.com\nPAYMENTS_KEY=${key}\n`,
  });
  await commit('read the key from the environment', {
    'config/payments.env': 'PAYMENTS_URL=https://pay.example.com\n',
  });
  await git.push(['--quiet', '--set-upstream', 'origin', 'main']);
}

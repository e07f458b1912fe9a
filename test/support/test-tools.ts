import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installedOnce } from './installed-once.js';

const natsVersion = 'v2.15.2';
const motoRequirement = 'moto[server]==5.2.5';
/** Of the Kubernetes version whose schemas it has with it. */
const kubernetesValidateRequirement = 'kubernetes-validate==1.37.0';

/** @returns the path of a NATS server, built from its source */
export function installNats(): Promise<string> {
  demand('go', 'version', 'install Go 1.26 or newer, with which the tests build their NATS server');
  return installedOnce(`nats-server-${natsVersion}`, 'nats-server', (dir) => [
    ['go', ['install', `github.com/nats-io/nats-server/v2@${natsVersion}`], { GOBIN: dir }],
  ]);
}

/** @returns the path of moto's server, a script for the interpreter beside it */
export function installMoto(): Promise<string> {
  return installFromPypi(motoRequirement, 'moto_server', 'on which moto runs');
}

/** @returns the path of a validator of manifests, a script for the interpreter beside it, which can read YAML */
export function installKubernetesValidate(): Promise<string> {
  return installFromPypi(kubernetesValidateRequirement, 'kubernetes-validate', 'on which manifests are validated');
}

function installFromPypi(requirement: string, script: string, purpose: string): Promise<string> {
  demand('python3', '--version', `install Python 3.11 or newer with venv and pip, ${purpose}`);
  return installedOnce(requirement.replaceAll(/[^\w.]+/g, '-'), `bin/${script}`, (dir) => [
    ['python3', ['-m', 'venv', dir]],
    [join(dir, 'bin', 'python3'), ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', requirement]],
  ]);
}

function demand(command: string, question: string, remedy: string): void {
  if (spawnSync(command, [question]).status !== 0) throw new Error(`${command} is not on the PATH: ${remedy}`);
}

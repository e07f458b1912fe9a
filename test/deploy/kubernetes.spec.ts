import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { variables } from '../../src/config/variables.js';
import type { Variable } from '../../src/config/variable.js';
import { freePort } from '../../src/database/embedded/readiness.js';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { startService } from '../support/service-process.js';
import { installKubernetesValidate } from '../support/test-tools.js';

type Labels = Readonly<Record<string, string>>;

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: object;
  readonly securityContext: object;
}

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Labels;
  readonly spec: {
    readonly selector: Labels & { readonly matchLabels: Labels };
    readonly scaleTargetRef: { readonly name: string };
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[];
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly containers: readonly [Container];
        readonly terminationGracePeriodSeconds: number;
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: object;
      };
    };
  };
}

const dir = join(import.meta.dirname, '..', '..', 'deploy', 'kubernetes');
const files = readdirSync(dir).filter((file) => file.endsWith('.yaml'));
const table: readonly Variable<unknown>[] = Object.values<Variable<unknown>>(variables);

let validator: string;
let resources: readonly Resource[];
const ofKind = (kind: string): Resource[] => resources.filter((resource) => resource.kind === kind);

beforeAll(async () => {
  validator = await installKubernetesValidate();
  const program =
    'import json, sys, yaml; print(json.dumps([d for f in sys.argv[1:] for d in yaml.safe_load_all(open(f))]))';
  const python = join(dirname(validator), 'python3');
  const { stdout, stderr } = spawnSync(python, ['-c', program, ...files], { cwd: dir, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  resources = JSON.parse(stdout) as Resource[];
});

/** What the container's environment is, but for what comes from a Secret. */
function environmentOf({ envFrom, env }: Container): Record<string, string> {
  const maps = envFrom.map(({ configMapRef }) =>
    ofKind('ConfigMap').find((map) => map.metadata.name === configMapRef.name),
  );
  const stated = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  return Object.assign({}, ...maps.map((map) => map?.data), Object.fromEntries(stated)) as Record<string, string>;
}

function podOf(name: string): Resource['spec']['template']['spec'] {
  const found = ofKind('Deployment').find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`there is no Deployment ${name}`);
  return found.spec.template.spec;
}

describe('the manifests', () => {
  it.each(files)('%s is what Kubernetes’ own schemas allow, and nothing more', (file) => {
    const { status, stdout, stderr } = spawnSync(validator, ['--strict', join(dir, file)], { encoding: 'utf8' });
    expect({ status, output: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, output: '' });
  });

  it('hold no secret, only the name of one', () => {
    expect(ofKind('Secret')).toEqual([]);
    const secret = table.filter((variable) => variable.secret).map(({ name }) => name);
    for (const { metadata } of ofKind('Deployment')) {
      const container = podOf(metadata.name).containers[0];
      expect(secret.filter((name) => name in environmentOf(container))).toEqual([]);
      expect(container.env.find(({ name }) => name === 'MONGODB_URI')?.valueFrom).toHaveProperty('secretKeyRef');
    }
  });

  it('lead from every selector to the pods it is meant for', () => {
    const matched = (selector: Labels): string[] =>
      ofKind('Deployment')
        .filter(({ spec }) =>
          Object.entries(selector).every(([key, value]) => spec.template.metadata.labels[key] === value),
        )
        .map(({ metadata }) => metadata.name);
    const services = Object.fromEntries(
      ofKind('Service').map(({ metadata, spec }) => [metadata.name, matched(spec.selector)]),
    );
    expect(services).toEqual({ orders: ['orders-api'], 'orders-metrics': ['orders-api', 'orders-worker'] });
    for (const kind of ['Deployment', 'PodDisruptionBudget'])
      for (const { metadata, spec } of ofKind(kind))
        expect(matched(spec.selector.matchLabels)).toEqual([metadata.name]);
    expect(ofKind('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name)).toEqual(['orders-api']);
  });
});

describe.each([
  ['orders-api', 'off'],
  ['orders-worker', 'only'],
])('%s', (name, worker) => {
  it('has settings that exist and that production starts with', () => {
    const environment = environmentOf(podOf(name).containers[0]);
    expect(table.map((variable) => variable.name)).toEqual(expect.arrayContaining(Object.keys(environment)));
    const config = readConfig({ ...environment, MONGODB_URI: 'mongodb://mongodb/orders' });
    expect(config).toMatchObject({ nodeEnv: 'production', worker });
    const ports = Object.fromEntries(podOf(name).containers[0].ports.map((port) => [port.name, port.containerPort]));
    expect(ports).toEqual({ http: config.port, admin: config.adminPort });
  });

  it('may do nothing that it does not need', () => {
    const { automountServiceAccountToken, securityContext, containers } = podOf(name);
    expect(automountServiceAccountToken).toBe(false);
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1_000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(containers[0].resources).toMatchObject({
      requests: { cpu: expect.anything() as unknown },
      limits: { memory: expect.anything() as unknown },
    });
  });

  it('started so answers its probes, tells its metrics on the admin port alone, and ends in time', async () => {
    const { containers, terminationGracePeriodSeconds } = podOf(name);
    const adminPort = await freePort();
    const service = await startService({
      ...environmentOf(containers[0]),
      ...{ MONGODB_URI: uniqueDatabaseUri(), PORT: '0', ADMIN_PORT: String(adminPort) },
    });
    const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;
    let ended: number | string | undefined;
    try {
      const { startupProbe, livenessProbe, readinessProbe } = containers[0];
      for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
        expect(httpGet.port).toBe('http');
        expect(await statusOf(`${service.url}${httpGet.path}`)).toBe(200);
      }
      expect(await statusOf(`http://127.0.0.1:${adminPort}/metrics`)).toBe(200);
      expect(await statusOf(`${service.url}/metrics`)).toBe(404);
      expect(await statusOf(`${service.url}/orders`)).toBe(worker === 'only' ? 404 : 401);
    } finally {
      ended = await service.terminate();
    }
    expect(ended).toBe(0);
    // The service promises to have ended within 30 seconds, whatever hangs.
    expect(terminationGracePeriodSeconds).toBeGreaterThan(30);
  });
});

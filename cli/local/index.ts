// What the commands for this machine need: the engine's libraries with it, so it is loaded by them alone.
export { describeStartError, startHere } from '../../local/start';
export { diagnose } from './diagnose';

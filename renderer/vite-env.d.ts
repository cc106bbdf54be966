/// <reference types="vite/client" />
declare module 'monaco-editor/features/register.all'
declare module 'monaco-editor/languages/definitions/*/register'

/** Words that name the columns of a table of questions, in the languages of its authors. Compared without case and accents. */

/** The question itself. */
export const STEM = words(`question, questions, question text, question stem, stem, prompt, text, problem,
  frage, fragetext, fragestellung, aufgabe, pregunta, preguntas, enunciado, pergunta, perguntas, questao, enunciado da questao,
  domanda, testo, testo della domanda, intitule, enonce, question posee, vraag, vraagstelling, fraga, sporsmal, sporgsmal,
  pytanie, tresc, tresc pytania, otazka, kerdes, intrebare, soru, soru metni, вопрос, текст вопроса, питання, pertanyaan,
  soal, cau hoi, 题目, 題目, 问题, 問題, 试题, 試題, 题干, 題幹, 問題文, 質問, 문제, 질문`)

/** What a question is of; a place in a folder of the author's. */
export const CATEGORY =
  words(`category, topic, subject, domain, chapter, section, module, unit, thema, fach, kapitel, kategorie,
  tema, categoria, materia, asignatura, capitulo, modulo, disciplina, assunto, matiere, chapitre, theme, categorie, argomento,
  kategoria, dzial, temat, категория, тема, раздел, 分类, 类别, 章节, 科目, カテゴリ, 分野`)

/** What is said after the answer. */
export const EXPLANATION =
  words(`explanation, explanations, feedback, general feedback, rationale, reason, comment, justification,
  erklarung, begrundung, explicacion, retroalimentacion, justificacion, explicacao, justificativa, comentario, spiegazione,
  commento, explication, commentaire, uitleg, toelichting, forklaring, wyjasnienie, vysvetleni, magyarazat, aciklama,
  объяснение, пояснение, комментарий, giai thich, penjelasan, 解析, 解释, 解説, 説明, 해설`)

/** Which options are right. Those that say "right" count before those that only say "answer". */
export const KEY =
  words(`correct, right, key, answer key, correct answer, correct answers, correct option, correct options,
  correct choice, correct choices, correct index, correct letter, correct key, right answer, right answers, right option,
  correct response, correct awnser, answer index, richtig, korrekt, richtige antwort, richtige antworten, korrekte antwort,
  correcta, correcto, respuesta correcta, respuestas correctas, opcion correcta, correta, correto, resposta correta,
  alternativa correta, opcao correta, gabarito, corretta, risposta corretta, risposta esatta, esatta, bonne reponse,
  bonnes reponses, reponse correcte, reponse juste, juiste antwoord, correct antwoord, ratt svar, riktig svar, rigtigt svar,
  poprawna, poprawna odpowiedz, prawidlowa odpowiedz, spravna odpoved, helyes valasz, raspuns corect, dogru cevap, dogru,
  правильный ответ, верный ответ, правильно, dap an dung, dap an, jawaban benar, kunci jawaban, 正确答案, 正解, 정답`)
export const ANSWER =
  words(`answer, answers, solution, antwort, losung, respuesta, respuestas, resposta, respostas, risposta,
  risposte, reponse, reponses, antwoord, svar, odpowiedz, odpoved, valasz, raspuns, cevap, ответ, ответы, відповідь, jawaban,
  答案, 解答, 答え, 답`)

/** All options of a question in one cell. */
export const OPTIONS =
  words(`options, choices, answer options, answer choices, possible answers, question answers, alternatives,
  antwortmoglichkeiten, antworten, opciones, alternativas, opcoes, opzioni, choix, propositions, antwoorden, odpowiedzi,
  варианты, варианты ответов, варианты ответа, 选项, 選項, 選択肢`)

/** One option; a letter or a number stands behind or before it. */
const OPTION =
  words(`option, answer, choice, response, distractor, alternative, antwort, antwortmoglichkeit, opcion, respuesta,
  alternativa, opcao, resposta, opzione, risposta, choix, reponse, proposition, antwoord, optie, svar, alternativ, svarsalternativ,
  odpowiedz, odp, moznost, odpoved, valasz, varianta, raspuns, secenek, sik, cevap, вариант, вариант ответа, ответ, варіант,
  pilihan, opsi, dap an, phuong an, 选项, 選項, 選択肢, 보기`)
/** An option that is wrong, whichever the key is. */
const WRONG =
  words(`wrong answer, wrong option, wrong, incorrect, incorrect answer, incorrect option, false answer, distractor,
  falsche antwort, falsch, respuesta incorrecta, incorrecta, resposta incorreta, incorreta, risposta errata, risposta sbagliata,
  mauvaise reponse, fout antwoord, неправильный ответ, 错误选项`)

export interface OptionName {
  /** From 1. */
  readonly number: number
  readonly isWrong: boolean
}

/** The option that a column is named after; null for another column. */
export function optionNamed(name: string): OptionName | null {
  const [, alone] = /^([a-j])$/.exec(name) ?? []
  if (alone) return { number: numberOf(alone), isWrong: false }
  const [, before = '', after = ''] =
    /^(.*?)s?(?: | ?(?=\d)|(?<=^odp|[^\0-\x7f]))([a-j]|[1-9]\d?)$/u.exec(name) ?? []
  const [, first = '', behind = ''] = /^([a-j]|[1-9]\d?) ?(.+)$/.exec(name) ?? []
  const [word, place] = isOption(before) ? [before, after] : [behind, first]
  return isOption(word) ? { number: numberOf(place), isWrong: WRONG.has(word) } : null
}

function isOption(word: string): boolean {
  return OPTION.has(word) || WRONG.has(word)
}

function numberOf(name: string): number {
  return /\d/.test(name) ? Number(name) : name.charCodeAt(0) - 'a'.charCodeAt(0) + 1
}

/** A name as it is compared: choiceA, choice_a and "Choice A" are one; accents, marks and a number sign before it do not count. */
export function plainName(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/ı/g, 'i')
    .replace(/đ/g, 'd')
    .replace(/[_\s./()*:?#-]+/g, ' ')
    .trim()
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((word) => plainName(word)))
}

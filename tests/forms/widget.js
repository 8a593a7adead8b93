// What the tests ask of LHC-Forms. `_` names are its own private ones: its version is pinned.
const form = () => LForms.Util._getFormObjectInScope('#form');
const tick = () => new Promise(done => setTimeout(done));
const PATIENCE = 20000;

// A change plans the formulas by setTimeout and works them out in promises: wait until both are done.
async function settle() {
    for (;;) {
        await tick();
        const formulas = form()._expressionProcessor;
        if (!formulas || !formulas._currentRunPromise) return;
        await formulas._currentRunPromise;
    }
}

async function render(questionnaire) {
    LForms.addedFormDefs = []; // it keeps every form it was ever given
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error('not rendered in time')), PATIENCE));
    await Promise.race([LForms.Util.addFormToPage(questionnaire, 'form', {}), late]);
    await settle();
}

// The element of every item that can be seen, by its link id.
async function seen() {
    await settle();
    const visible = form().itemList.filter(i => document.getElementById('item-' + i._elementId)?.checkVisibility());
    return Object.fromEntries(visible.map(i => [i.linkId, i._elementId]));
}

function choose(element, code) {
    const labels = [...document.getElementById('item-' + element).querySelectorAll('label.lhc-answer')];
    const label = labels.find(one => one.id.endsWith('|' + code));
    if (!label) throw new Error('no answer ' + code + ' to ' + element);
    label.querySelector('input').click();
}

function type(element, number) {
    const box = document.getElementById(element);
    box.value = String(number);
    box.dispatchEvent(new Event('input', {bubbles: true}));
    box.dispatchEvent(new Event('change', {bubbles: true}));
}

// Many answers: a string is the code of a choice, a number is typed. Its formulas are held back until the last, since
// each answer would otherwise work out everything again.
async function answer(answers) {
    const model = form(), formulas = model._expressionProcessor;
    formulas.runCalculations = () => Promise.resolve();
    try {
        for (const [element, value] of answers) (typeof value === 'string' ? choose : type)(element, value);
        await tick();
    } finally {
        delete formulas.runCalculations;
    }
    await formulas.runCalculations(false);
    model._checkFormControls();
    await settle();
}

// The response, what stands in each box by link id, and what it finds wrong with the answers.
async function read() {
    await settle();
    const boxes = form().itemList.map(i => [i.linkId, document.getElementById(i._elementId)]);
    const shown = boxes.filter(([, box]) => box && box.matches('input, textarea')).map(([id, box]) => [id, box.value]);
    return {
        response: LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4', '#form'),
        shown: Object.fromEntries(shown),
        faults: LForms.Util.checkValidity('#form') || [],
    };
}

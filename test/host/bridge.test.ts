import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openWindow, workbench } from '../vscode/bridgeClient.ts';

describe('the bridge from a suite to the window', () => {
  const window = workbench();

  afterEach(async () => {
    await window.clearNotifications();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('reads a notification and presses its button', async () => {
    const answer = vscode.window.showInformationMessage('The rushes are in', 'Watch', 'Later');
    assert.deepEqual(await window.waitForNotification('The rushes are in'), {
      severity: 'info',
      message: 'The rushes are in',
      buttons: ['Watch', 'Later'],
      isInProgress: false,
    });
    await window.pressNotificationButton('The rushes are in', 'Watch');
    assert.equal(await answer, 'Watch');
  });

  it('sees whether a notification is still in progress', async () => {
    const rolling = Promise.withResolvers<undefined>();
    const progress = { location: vscode.ProgressLocation.Notification, title: 'Rolling' };
    const shown = vscode.window.withProgress(progress, () => rolling.promise);
    const { isInProgress } = await window.waitForNotification('Rolling');
    rolling.resolve(undefined);
    await shown;
    assert.equal(isInProgress, true);
  });

  it('reads an item of the status bar', async () => {
    const item = vscode.window.createStatusBarItem('bridge.take', vscode.StatusBarAlignment.Left);
    try {
      item.text = '$(record) Take 3';
      item.tooltip = 'Quiet on set';
      item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
      item.show();
      const { text, icons, severity, ariaLabel } = await window.statusBarItem('bridge.take');
      assert.deepEqual(
        { text, icons, severity, ariaLabel },
        { text: 'Take 3', icons: ['record'], severity: 'warning', ariaLabel: 'record  Take 3, Quiet on set' },
      );
    } finally {
      item.dispose();
    }
  });

  it('reads what an input box objects to, and responds to it', async () => {
    const answer = vscode.window.showInputBox({
      title: 'Scene',
      prompt: 'Which one?',
      value: '12',
      validateInput: value => (value === '' ? 'Name a scene' : undefined),
    });
    await window.quickInput('Scene');
    await window.typeQuickInput('');
    const { message, isInvalid } = await window.quickInput('Name a scene');
    assert.deepEqual({ message, isInvalid }, { message: 'Name a scene', isInvalid: true });
    await window.typeQuickInput('12 东');
    await window.acceptQuickInput();
    assert.equal(await answer, '12 东');
  });

  it('picks from a quick pick', async () => {
    const answer = vscode.window.showQuickPick([
      { label: 'Wide', description: '16:9' },
      { label: 'Tall', description: '9:16' },
    ]);
    const { items } = await window.quickInput('Tall');
    assert.deepEqual(
      items.map(item => `${item.label} ${item.description}`),
      ['Wide 16:9', 'Tall 9:16'],
    );
    await window.pickRow('Tall');
    assert.equal((await answer)?.label, 'Tall');
  });

  it('presses a button of a modal dialog', async () => {
    const answer = vscode.window.showWarningMessage(
      'Strike the set?',
      { modal: true, detail: 'It is gone then.' },
      'Strike',
    );
    const { message, detail, buttons } = await window.dialog();
    assert.deepEqual({ message, detail }, { message: 'Strike the set?', detail: 'It is gone then.' });
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Strike']);
    await window.pressDialogButton('Strike');
    assert.equal(await answer, 'Strike');
  });

  it('closes modal dialogs that are there', async () => {
    const answer = vscode.window.showWarningMessage('Strike the set?', { modal: true }, 'Strike');
    await window.dialog();
    await window.dismissDialogs();
    assert.equal(await answer, undefined);
    await window.dismissDialogs();
  });

  it('sees and clicks inside a webview', async () => {
    const panel = vscode.window.createWebviewPanel('bridge', 'Screening', vscode.ViewColumn.One, {
      enableScripts: true,
    });
    panel.webview.html = '<title>Reel</title><button onclick="this.textContent = `Playing`">Play</button>';
    await window.clickInWebview('role=button[name="Play"]', 'Screening');
    assert.equal(
      await window.evaluateInWebview('document.querySelector("button").textContent', 'Screening'),
      'Playing',
    );
  });

  it('runs a command of the palette', async () => {
    await window.runCommand('File: New Untitled Text File');
    await eventually(async () => {
      assert.deepEqual(await window.tabs(), [{ title: 'Untitled-1', isActive: true }]);
    });
  });

  it('says what there was when it waited in vain', async () => {
    void vscode.window.showWarningMessage('Rain on set');
    await window.waitForNotification('Rain on set');
    await assert.rejects(
      window.waitForNotification('Sunshine', 100),
      /"Sunshine"\. There was: \[.*"Rain on set".*\]/,
    );
  });

  it('opens a second window that does not run the suites again', async () => {
    const second = await openWindow();
    await second.runCommand('Notifications: Show Notifications');
    await second.close();
  });
});

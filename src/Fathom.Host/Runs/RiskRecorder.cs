using Fathom.Analytics.Reports;
using Fathom.Analytics.Risk;
using Fathom.Data.Files;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Host.Runs;

/// <summary>Streams what risk does to <c>risk.csv</c>, a row for each thing. The file is made when the first comes: a run in which risk did nothing has none, and none of an earlier run.</summary>
/// <param name="owner">Name of a strategy, by its number in outputs.</param>
/// <param name="symbol">Of an instrument; empty where there is none.</param>
public sealed class RiskRecorder(RunFolder folder, Func<ushort, string> owner, Func<InstrumentId, string> symbol) : IRunObserver, IDisposable
{
    private static readonly string[] Columns =
    [
        "time", "kind", "scope", "strategy", "instrument", "client_order_id", "want", "side", "from", "to", "measure", "reason", "threshold", "found",
        "asked", "granted", "asked_price", "granted_price", "flattens", "text", "input",
    ];

    private CsvFile? _file;

    public void OnCommand(in OrderCommand command)
    {
        if (command.Reason != ReasonCode.None && RiskEntry.Of(in command) is { } entry) Write(entry);
    }

    public void OnOrder(in OrderEvent change)
    {
        if (change.Reason != ReasonCode.None && RiskEntry.Of(in change) is { } entry) Write(entry);
    }

    public void OnRiskState(in RiskStateEvent change) => Write(RiskEntry.Of(in change));

    public void OnAdjustment(in AdjustmentEvent adjustment) => Write(RiskEntry.Of(in adjustment));

    public void OnKill(in KillEvent kill) => Write(RiskEntry.Of(in kill));

    /// <summary>Gives the file its name; where there is none, none stays that an earlier run left.</summary>
    public void Complete()
    {
        _file?.Complete();
        if (_file is null) File.Delete(folder.PathOf(RunFolder.Risk));
    }

    public void Dispose() => _file?.Dispose();

    private void Write(RiskEntry entry)
    {
        _file ??= CsvFile.Create(folder.PathOf(RunFolder.Risk), Columns);
        _file.Add(entry.Time.Nanos);
        _file.Add(Words.Of(entry.Kind));
        _file.Add(Words.Of(entry.Scope));
        _file.Add(entry.Strategy == RiskEntry.Account ? "" : owner(entry.Strategy));
        _file.Add(symbol(entry.Instrument));
        _file.Add(entry.Order.ToString());
        _file.Add(Words.Of(entry.Want));
        _file.Add(Words.Of(entry.Side));
        _file.Add(entry.From);
        _file.Add(entry.To);
        _file.Add(entry.Measure);
        _file.Add(Words.Of(entry.Reason));
        _file.Add(entry.Threshold);
        _file.Add(entry.Found);
        _file.Add(entry.Asked);
        _file.Add(entry.Granted);
        _file.Add(entry.AskedPrice);
        _file.Add(entry.GrantedPrice);
        _file.Add(entry.Flattens ? "yes" : "");
        _file.Add(entry.Text);
        _file.Add(entry.Input);
        _file.EndRow();
    }
}

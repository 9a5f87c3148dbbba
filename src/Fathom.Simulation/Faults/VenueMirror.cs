using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What the venue has done, by all that it said when it did it: which orders live there, which executions there were.</summary>
internal sealed class VenueMirror
{
    private readonly List<LiveOrder> _live = [];
    private readonly List<OrderReport> _fills = [];

    /// <summary>Every execution that the venue ever made, delivered or not. Owners do not matter here.</summary>
    public ExecutionLedger Ledger { get; } = new(static _ => 0);

    /// <summary>Orders that live, oldest first.</summary>
    public IReadOnlyList<LiveOrder> Live => _live;

    /// <summary>Executions that count, as they are by now, oldest first: what was taken back is gone, what was corrected has its new terms and its new id.</summary>
    public IReadOnlyList<OrderReport> Fills => _fills;

    /// <param name="ClientOrderId">None of one that was placed by other means.</param>
    internal readonly record struct LiveOrder(ClientOrderId ClientOrderId, ulong VenueOrderId, InstrumentId Instrument, Side Side);

    /// <summary>A report as the venue made it; repeats in answers change nothing.</summary>
    public void Note(in OrderReport report)
    {
        if (report.Kind == ReportKind.Filled && Ledger.TryAdd(in report)) _fills.Add(report);
        ulong order = report.VenueOrderId;
        if (report.Kind == ReportKind.Accepted) _live.Add(new LiveOrder(report.ClientOrderId, order, report.Header.Instrument, report.Side));
        bool isOver = report.Kind is ReportKind.Canceled or ReportKind.Expired || (report.Kind == ReportKind.Filled && report.Leaves.IsZero);
        if (isOver) _live.RemoveAll(live => live.VenueOrderId == order);
    }

    public void Note(in ExecutionChanged change)
    {
        if (!Ledger.TryAdd(in change)) return;
        ExecutionId original = change.Original;
        int at = _fills.FindIndex(fill => fill.ExecutionId == original);
        OrderReport corrected = _fills[at];
        (corrected.ExecutionId, corrected.LastPrice, corrected.LastQuantity) = (change.ExecutionId, change.NewPrice, change.NewQuantity);
        if (change.NewQuantity.IsPositive) _fills[at] = corrected;
        else _fills.RemoveAt(at);
    }
}

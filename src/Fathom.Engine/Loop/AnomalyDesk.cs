using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>Publishes where a venue disagreed with us, and puts the strategies concerned into reduce-only.</summary>
internal sealed class AnomalyDesk(SessionServices services, TradingModes modes, bool reducesOnly)
{
    private Timestamp Clock => services.Input.Clock;

    public bool IsReconciled => modes.IsReconciled;

    /// <param name="owner">Number of the strategy; −1 for nobody of ours.</param>
    /// <param name="report">What the venue said.</param>
    /// <param name="status">The order's before it.</param>
    public void Note(AnomalyKind kind, int owner, in OrderReport report, OrderStatus status)
    {
        AnomalyEvent anomaly = Of(kind, owner, report.ClientOrderId, report.Header.Instrument, report.Header.EventTime);
        anomaly.ExecutionId = report.ExecutionId;
        anomaly.VenueOrderId = report.VenueOrderId;
        anomaly.Quantity = report.LastQuantity;
        anomaly.Status = status;
        anomaly.Report = report.Kind;
        anomaly.Side = report.Side;
        anomaly.Reason = report.Reason;
        Publish(ref anomaly, owner);
        Restrict(kind, owner);
    }

    /// <summary>As the other, of what no report says.</summary>
    public void Note(AnomalyKind kind, int owner, ClientOrderId order, InstrumentId instrument, OrderStatus status, ReasonCode reason)
    {
        AnomalyEvent anomaly = Of(kind, owner, order, instrument, Clock);
        anomaly.Status = status;
        anomaly.Reason = reason;
        Publish(ref anomaly, owner);
        Restrict(kind, owner);
    }

    public void Note(AnomalyKind kind, int owner, in ExecutionChanged change)
    {
        AnomalyEvent anomaly = Of(kind, owner, change.ClientOrderId, change.Header.Instrument, change.Header.EventTime);
        anomaly.ExecutionId = change.Original;
        anomaly.VenueOrderId = change.VenueOrderId;
        anomaly.Quantity = change.OldQuantity;
        anomaly.Side = change.Side;
        Publish(ref anomaly, owner);
    }

    /// <summary>Lets a strategy that an anomaly put into reduce-only trade again.</summary>
    public void Resume(int owner)
    {
        if (modes.TryResume(owner) && modes.IsReconciled) PublishMode(owner, TradingMode.ReduceOnly, TradingMode.Normal, AnomalyKind.None, ReasonCode.Requested);
    }

    /// <summary>Whether all that the venue has of ours is known.</summary>
    public void SetReconciled(bool isReconciled, ReasonCode reason)
    {
        if (modes.IsReconciled == isReconciled) return;
        modes.IsReconciled = isReconciled;
        TradingMode mode = isReconciled ? TradingMode.Normal : TradingMode.ReduceOnly;
        PublishMode(-1, isReconciled ? TradingMode.ReduceOnly : TradingMode.Normal, mode, AnomalyKind.None, reason);
        for (int owner = 0; isReconciled && owner < modes.OwnerCount; owner++)
            if (modes.AnomalyOf(owner) is var anomaly and not AnomalyKind.None) PublishMode(owner, TradingMode.Normal, TradingMode.ReduceOnly, anomaly, ReasonCode.None);
    }

    private void Publish(ref AnomalyEvent anomaly, int owner)
    {
        services.Publisher.Publish(ref anomaly);
        services.KillWatch?.NoteAnomaly(owner, anomaly.Header.Instrument);
    }

    private void Restrict(AnomalyKind kind, int owner)
    {
        bool isGrave = kind is AnomalyKind.FilledAfterClose or AnomalyKind.Overfilled or AnomalyKind.LiveAfterClose;
        if (!isGrave || !reducesOnly || owner < 0 || !modes.TryRestrict(owner, kind)) return;
        if (modes.IsReconciled) PublishMode(owner, TradingMode.Normal, TradingMode.ReduceOnly, kind, ReasonCode.None);
    }

    private void PublishMode(int owner, TradingMode from, TradingMode to, AnomalyKind anomaly, ReasonCode reason)
    {
        ModeEvent mode = new()
        {
            Header = MessageHeader.Create<ModeEvent>(MessageType.ModeEvent, source: 0, InstrumentId.None, Clock, Clock),
            Output = Output(owner, ClientOrderId.None),
            From = from,
            To = to,
            Anomaly = anomaly,
            Reason = reason,
        };
        services.Publisher.Publish(ref mode);
    }

    private AnomalyEvent Of(AnomalyKind kind, int owner, ClientOrderId order, InstrumentId instrument, Timestamp eventTime) => new()
    {
        Header = MessageHeader.Create<AnomalyEvent>(MessageType.AnomalyEvent, source: 0, instrument, eventTime, Clock),
        Output = Output(owner, order),
        ClientOrderId = order,
        Kind = kind,
    };

    private OutputHeader Output(int owner, ClientOrderId parent) =>
        new() { Strategy = owner < 0 ? TradingEngine.ExternalStrategy : (ushort)owner, Account = services.Account, Parent = parent };
}

using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Risk;

/// <summary>One thing that risk did, as files and pages say it. Words and numbers are text, empty where there is none.</summary>
public sealed record RiskEntry
{
    /// <summary>Stands for the account.</summary>
    public const ushort Account = ushort.MaxValue;

    public required Timestamp Time { get; init; }
    public required RiskKind Kind { get; init; }
    public RiskScope Scope { get; init; }
    /// <summary><see cref="Account"/>: all.</summary>
    public required ushort Strategy { get; init; }
    /// <summary>None: all.</summary>
    public required InstrumentId Instrument { get; init; }
    public ClientOrderId Order { get; init; }
    public AdjustedWant Want { get; init; }
    public Side Side { get; init; }
    /// <summary>State before.</summary>
    public string From { get; init; } = "";
    /// <summary>State after; of an adjustment: by which it was made.</summary>
    public string To { get; init; } = "";
    /// <summary>By what a state was judged; of a kill switch: who or what turned it on.</summary>
    public string Measure { get; init; } = "";
    public ReasonCode Reason { get; init; }
    public string Threshold { get; init; } = "";
    public string Found { get; init; } = "";
    public Quantity Asked { get; init; } = Quantity.None;
    public Quantity Granted { get; init; } = Quantity.None;
    public Price AskedPrice { get; init; } = Price.None;
    public Price GrantedPrice { get; init; } = Price.None;
    /// <summary>A kill switch that was turned on closes positions too.</summary>
    public bool Flattens { get; init; }
    /// <summary>A kill switch's reason in whole words.</summary>
    public string Text { get; init; } = "";
    /// <summary>Number of the input in whose step it happened.</summary>
    public required long Input { get; init; }

    public static RiskEntry Of(in RiskStateEvent change) => new()
    {
        Time = change.Header.ReceiveTime,
        Kind = RiskKind.State,
        Scope = ScopeOf(change.Output.Strategy, change.Header.Instrument),
        Strategy = change.Output.Strategy,
        Instrument = change.Header.Instrument,
        From = Words.Of(change.From),
        To = Words.Of(change.To),
        Measure = Words.Of(change.Measure),
        Threshold = RiskNumbers.OfNanos(change.Threshold),
        Found = RiskNumbers.OfNanos(change.Found),
        Input = change.Output.Cause,
    };

    public static RiskEntry Of(in AdjustmentEvent adjustment) => new()
    {
        Time = adjustment.Header.ReceiveTime,
        Kind = RiskKind.Adjustment,
        Scope = adjustment.Scope,
        Strategy = adjustment.Output.Strategy,
        Instrument = adjustment.Header.Instrument,
        Order = adjustment.ClientOrderId,
        Want = adjustment.Want,
        Side = adjustment.Side,
        To = Words.Of(adjustment.State),
        Reason = adjustment.Reason,
        Threshold = RiskNumbers.Of(adjustment.Reason, adjustment.Limit),
        Found = RiskNumbers.Of(adjustment.Reason, adjustment.Found),
        Asked = adjustment.Asked,
        Granted = adjustment.Granted,
        AskedPrice = adjustment.AskedPrice,
        GrantedPrice = adjustment.GrantedPrice,
        Input = adjustment.Output.Cause,
    };

    public static RiskEntry Of(in KillEvent kill)
    {
        bool hasNumbers = kill.Limit != 0 || kill.Found != 0;
        return new()
        {
            Time = kill.Header.ReceiveTime,
            Kind = kill.IsOn != 0 ? RiskKind.Kill : RiskKind.Rearm,
            Scope = ScopeOf(kill.Output.Strategy, kill.Header.Instrument),
            Strategy = kill.Output.Strategy,
            Instrument = kill.Header.Instrument,
            Measure = Words.Of(kill.KilledBy),
            Threshold = hasNumbers ? RiskNumbers.Of(kill.KilledBy, kill.Limit) : "",
            Found = hasNumbers ? RiskNumbers.Of(kill.KilledBy, kill.Found) : "",
            Flattens = kill.IsOn != 0 && kill.Flattens != 0,
            Text = kill.Reason.ToString(),
            Input = kill.Output.Cause,
        };
    }

    /// <summary>An order that risk or an exit sends by itself; null of any other command.</summary>
    public static RiskEntry? Of(in OrderCommand command)
    {
        if (command.Kind != CommandKind.Submit) return null;
        bool isExit = IsExit(command.Reason);
        if (!isExit && command.Reason != ReasonCode.Liquidation) return null;
        return new()
        {
            Time = command.Header.ReceiveTime,
            Kind = isExit ? RiskKind.Exit : RiskKind.Liquidation,
            Strategy = command.Output.Strategy,
            Instrument = command.Header.Instrument,
            Order = command.ClientOrderId,
            Side = command.Side,
            Reason = command.Reason,
            Asked = command.Quantity,
            AskedPrice = command.Price,
            Input = command.Output.Cause,
        };
    }

    /// <summary>A refusal by our own gate; null of any other change of an order.</summary>
    public static RiskEntry? Of(in OrderEvent change)
    {
        if (!IsRefusal(in change)) return null;
        return new()
        {
            Time = change.Header.ReceiveTime,
            Kind = RiskKind.Refusal,
            Scope = change.Scope,
            Strategy = change.Output.Strategy,
            Instrument = change.Header.Instrument,
            Order = change.ClientOrderId,
            Side = change.Side,
            Reason = change.Reason,
            Threshold = RiskNumbers.Of(change.Reason, change.Limit),
            Found = RiskNumbers.Of(change.Reason, change.Found),
            Asked = change.Quantity,
            AskedPrice = change.Price,
            Input = change.Output.Cause,
        };
    }

    /// <summary>Our own gate said no to an order, or to a replacement of one that lives on. An exit whose order changes while we hold it says why it is there: nobody refused it.</summary>
    public static bool IsRefusal(in OrderEvent change) =>
        change.To == OrderStatus.Refused || (change.From == change.To && change.To != OrderStatus.None && change.Reason != ReasonCode.None && !IsExit(change.Reason));

    private static bool IsExit(ReasonCode reason) => reason is >= ReasonCode.StopLoss and <= ReasonCode.TimeStop;

    private static RiskScope ScopeOf(ushort strategy, InstrumentId instrument) => (strategy == Account, instrument.IsNone) switch
    {
        (true, true) => RiskScope.Account,
        (true, false) => RiskScope.Instrument,
        (false, true) => RiskScope.Strategy,
        (false, false) => RiskScope.StrategyInstrument,
    };
}

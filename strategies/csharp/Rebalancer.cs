/// <summary>Holds the same notional of every instrument and brings the positions back to it by the clock: so often, and flat before each session ends.</summary>
public sealed class Rebalancer : Strategy
{
    private const ulong Rebalance = 1, Flatten = 2;

    [Parameter("notional of each position, in the instrument's currency", Min = 1, Max = 1_000_000_000)]
    public decimal Notional { get; set; } = 1_000_000;

    [Parameter("how often", Min = "1s", Max = "1d")]
    public Duration Every { get; set; } = Duration.FromMilliseconds(60_000);

    [Parameter("how long before a session's end it goes flat", Min = "0s", Max = "1d")]
    public Duration FlatBefore { get; set; } = Duration.FromMilliseconds(600_000);

    public override void OnStart(StrategyContext context)
    {
        context.SetPeriodicTimer(Every, Rebalance, aligned: true);
        context.SetSessionTimer(SessionPoint.Close, new Duration(-FlatBefore.Nanos), Flatten);
    }

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        bool isOpen = context.Session.Contains(context.Clock) && context.Clock < context.Session.Close + new Duration(-FlatBefore.Nanos);
        for (int index = 0; index < context.InstrumentCount; index++)
        {
            InstrumentId instrument = new(index);
            double mid = context.Features(instrument).Mid;
            if (!isOpen) context.Target(instrument, Quantity.Zero);
            else if (mid > 0) context.Target(instrument, Whole(context, instrument, mid), TargetUrgency.Normal);      // not while it is NaN
        }
        if (timer.Missed > 0) context.Log(LogLevel.Warning, "missed some", ("missed", timer.Missed));
    }

    /// <summary>As many lots as the notional pays for.</summary>
    private Quantity Whole(StrategyContext context, InstrumentId instrument, double mid)
    {
        ref readonly InstrumentDefinition definition = ref context.Instrument(instrument);
        decimal perUnit = (decimal)mid * definition.MultiplierNanos / Price.Scale;
        Quantity wanted = Quantity.From(decimal.Round(Notional / perUnit, 9));
        return new Quantity(wanted.Nanos - wanted.Nanos % definition.Lot.Nanos);
    }
}

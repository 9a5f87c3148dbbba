/// <summary>How far a value is from its slow average, in its own usual distances from it.</summary>
public sealed class Surprise(double weight) : ValueFeature
{
    private double _mean = double.NaN, _distance;

    protected override void Clear() => (_mean, _distance) = (double.NaN, 0);

    protected override void Take(Timestamp time, double value)
    {
        if (double.IsNaN(_mean)) _mean = value;
        double away = value - _mean;
        _mean += weight * away;
        _distance += weight * (Math.Abs(away) - _distance);
        if (_distance > 0) Set(away / _distance);      // not known before something moved
    }
}

/// <summary>Bets against surprises: sells what shot up, buys what fell, and is flat when the price is back at its average.</summary>
public sealed class OwnFeature : Strategy
{
    [Parameter("usual distances from the average at which it acts", Min = 0.1, Max = 100)]
    public double Enter { get; set; } = 3;

    private FeatureHandle _surprise;

    public override void OnStart(StrategyContext context)
    {
        context.SubscribeBars(BarSpec.Parse("10s"));
        _surprise = context.AddFeature(FeatureSpec.Of("surprise", on: "bars.10s"), () => new Surprise(weight: 0.05));
    }

    public override void OnBar(StrategyContext context, in Bar bar)
    {
        double surprise = context.Vector(bar.Instrument)[_surprise];
        Quantity held = context.Position(bar.Instrument);
        if (surprise >= Enter) context.Target(bar.Instrument, Quantity.Units(-1));
        else if (surprise <= -Enter) context.Target(bar.Instrument, Quantity.Units(1));
        else if (held.IsPositive ? surprise >= 0 : surprise <= 0) context.Target(bar.Instrument, Quantity.Zero);      // NaN is no signal
    }
}

namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>How much of an instrument comes to so much money. All of them give units of the instrument, 0 or more, not rounded to lots; 0 where a number is missing, not finite or makes no sense.</summary>
public static class PositionSize
{
    /// <summary>Money of one unit: what a unit of the instrument is worth.</summary>
    /// <param name="price">Above zero: a worth of nothing or less can be no measure.</param>
    /// <param name="multiplier">Money per point of price and unit; of an inverse instrument quote currency per contract.</param>
    /// <param name="rate">Account's currency per unit of the instrument's.</param>
    /// <returns>In the account's currency; 0 where there is none.</returns>
    public static double WorthOf(double price, double multiplier, bool isInverse, double rate) => Sound(price > 0 ? (isInverse ? multiplier / price : multiplier * price) * rate : 0);

    /// <summary>So much money's worth.</summary>
    /// <param name="money">Notional, in the account's currency.</param>
    /// <param name="worth">Of one unit, see <see cref="WorthOf"/>.</param>
    public static double ForNotional(double money, double worth) => worth > 0 ? Sound(money / worth) : 0;

    /// <summary>A position whose profit and loss has a standard deviation of so much money.</summary>
    /// <param name="money">Standard deviation that is aimed at, in the account's currency, of any period.</param>
    /// <param name="worth">Of one unit.</param>
    /// <param name="volatility">Standard deviation of the instrument's relative return in the same period.</param>
    /// <remarks>An inverse instrument's profit is taken as linear in the return: at a small one it is.</remarks>
    public static double ForVolatility(double money, double worth, double volatility) => volatility > 0 ? ForNotional(money, worth * volatility) : 0;

    /// <summary>A position that loses so much money when its stop is met.</summary>
    /// <param name="money">What may be lost, in the account's currency, without fees and slippage.</param>
    /// <param name="price">Of the entry, above zero where the instrument is inverse.</param>
    /// <param name="distance">To the stop, in points of price, above zero.</param>
    /// <param name="isBuy">Only of an inverse instrument it matters: a long position loses without bound as its price falls to zero.</param>
    public static double ForRisk(double money, double price, double distance, double multiplier, bool isInverse, bool isBuy, double rate)
    {
        if (!(distance > 0)) return 0;
        double stop = isBuy ? price - distance : price + distance;
        double loss = !isInverse ? multiplier * distance : price > 0 && stop > 0 ? multiplier * Math.Abs(1 / stop - 1 / price) : 0;
        return loss * rate > 0 ? Sound(money / (loss * rate)) : 0;
    }

    /// <summary>The number, where it is one, and not below zero.</summary>
    private static double Sound(double value) => value > 0 && double.IsFinite(value) ? value : 0;
}

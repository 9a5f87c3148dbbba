using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Risk;

public class RiskLimitsTests
{
    [Fact]
    public void A_limit_that_cannot_be_is_refused_before_the_start()
    {
        foreach (int bps in new[] { 0, -1, 1_000_001 }) Refuses(() => new RiskLimits { PriceCollarBps = bps });
        foreach (decimal money in new[] { 0m, -1m, RiskLimits.MoneyMax + 1 })
        {
            Refuses(() => new RiskLimits { GrossNotionalMax = money });
            Refuses(() => new RiskLimits { DailyLossMax = money });
        }
        foreach (long quantity in new[] { 0, -1 })
        {
            Refuses(() => new RiskLimits { PositionMax = new Quantity(quantity) });
            Refuses(() => new RiskLimits { QuantityMax = new Quantity(quantity) });
        }
        foreach (OrderRate rate in new[] { new OrderRate(0, new Duration(1)), new OrderRate(1_000_001, new Duration(1)), new OrderRate(1, Duration.Zero) })
            Refuses(() => new RiskLimits { OrderRateMax = rate });
    }

    private static void Refuses(Func<RiskLimits> make) => Assert.Throws<ArgumentOutOfRangeException>(() => { make(); });
}

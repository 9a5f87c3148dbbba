using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;

namespace Fathom.Tests.Analytics.Reports;

public class RiskNumbersTests
{
    [Theory]
    [InlineData(ReasonCode.PositionLimit, 1_500_000_000, "1.5")]
    [InlineData(ReasonCode.LeverageLimit, -2_000_000_001, "-2.000000001")]
    [InlineData(ReasonCode.OrderRateLimit, 1_000, "1000")]
    [InlineData(ReasonCode.NumericRange, 2_000_000_000, "2000000000")]
    [InlineData(ReasonCode.WarmUp, 1_715_126_400_000_000_000, "2024-05-08T00:00:00.000000000Z")]
    public void A_refusal_s_number_is_in_its_unit(ReasonCode reason, long value, string text) => Assert.Equal(text, RiskNumbers.Of(reason, value));

    [Theory]
    [InlineData(KillCause.Drawdown, 125_000_000, "0.125")]
    [InlineData(KillCause.StaleData, 2_500_000_000, "2500ms")]
    [InlineData(KillCause.MessageRate, 1_001, "1001")]
    public void A_kill_rule_s_number_is_in_its_unit(KillCause cause, long value, string text) => Assert.Equal(text, RiskNumbers.Of(cause, value));
}

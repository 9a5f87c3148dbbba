using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.Configuration;

namespace Fathom.Tests.Host.Sessions;

public class OperatorBindingTests
{
    private const string Run = """
        [data]
        file = "x.dbn"
        start = 2026-03-02T09:00:00Z
        end = 2026-03-02T17:00:00Z
        [[strategy]]
        name = "quoter"
        [[strategy]]
        name = "imbalance-taker"
        id = "taker"

        """;

    [Fact]
    public void Each_is_bound_as_it_was_written()
    {
        IReadOnlyList<OperatorOrder> orders = Bind("""
            [[operator]]
            at = 2026-03-02T10:00:00Z
            action = "kill"
            strategy = "taker"
            instrument = "CLX5"
            flatten = true
            reason = "strange fills"
            [[operator]]
            after = "10m"
            action = "rearm"
            reason = "they were real"
            [[operator]]
            after = "0s"
            action = "resume"
            """);
        Assert.Equal(3, orders.Count);
        Assert.Equal((new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds * 1e9, orders[0].At.Nanos);
        Assert.Equal((OperatorAction.Kill, (ushort)1, (byte)1, "CLX5", "strange fills"), (orders[0].Command.Action, orders[0].Command.Strategy, orders[0].Command.Flattens, orders[0].Symbol, orders[0].Command.Reason.ToString()));
        Assert.Equal((OperatorAction.Rearm, OperatorCommand.AllStrategies, Duration.FromMilliseconds(600_000), true), (orders[1].Command.Action, orders[1].Command.Strategy, orders[1].After, orders[1].At.IsNone));
        Assert.Equal((OperatorAction.Resume, Duration.Zero), (orders[2].Command.Action, orders[2].After));
    }

    [Theory]
    [InlineData("action = \"kill\"", "expected either at or after")]
    [InlineData("at = 2026-03-02T10:00:00Z\nafter = \"1m\"\naction = \"kill\"", "expected either at or after")]
    [InlineData("at = 2026-03-02T08:59:59Z\naction = \"kill\"", "a time at or after data.start")]
    [InlineData("at = 2026-03-02T17:00:00Z\naction = \"kill\"", "a time before data.end")]
    [InlineData("after = \"1m\"", "operator.0.action")]
    [InlineData("after = \"1m\"\naction = \"stop\"", "one of kill, rearm, reconcile, resume")]
    [InlineData("after = \"1m\"\naction = \"rearm\"", "A kill switch is not turned off without one")]
    [InlineData("after = \"1m\"\naction = \"rearm\"\nreason = \"  \"", "A kill switch is not turned off without one")]
    [InlineData("after = \"1m\"\naction = \"kill\"\nstrategy = \"takr\"", "one of quoter, taker. Did you mean \"taker\"?")]
    [InlineData("after = \"1m\"\naction = \"resume\"\nflatten = true", "Only a kill closes positions")]
    [InlineData("after = \"1m\"\naction = \"resume\"\ninstrument = \"CLX5\"", "It concerns all instruments")]
    [InlineData("after = \"1m\"\naction = \"reconcile\"\nstrategy = \"taker\"", "It concerns the whole account")]
    [InlineData("after = \"1m\"\naction = \"kill\"\nwhen = 1", "unknown key operator.0.when")]
    [InlineData("after = \"-1m\"\naction = \"kill\"", "operator.0.after")]
    public void What_makes_no_sense_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Bind("[[operator]]\n" + text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_reason_has_to_fit() =>
        Assert.Contains("at most 256 bytes", Assert.Throws<InputException>(() => Bind($"[[operator]]\nafter = \"1m\"\naction = \"kill\"\nreason = \"{new string('x', 257)}\"")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<OperatorOrder> Bind(string operators) => BacktestSettings.Bind(AConfiguration.Of(Run + operators)).Operators;
}

using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;

namespace Fathom.Tests.Engine.Loop;

public class FingerprintTests
{
    [Fact]
    public void Is_the_hash_of_the_three_hashes_in_canonical_form()
    {
        byte[] configuration = [1, 2, 3];
        MarketByOrder input = new() { Header = { Type = MessageType.MarketByOrder }, OrderId = 5 };
        OrderCommand output = new() { Approval = 9 };
        Fingerprint fingerprint = new(configuration);
        fingerprint.AddInput(Messages.AsBytes(in input));
        fingerprint.AddOutput(Messages.AsBytes(in output));

        string parts = $"{Xxh3.Hash128(Messages.AsBytes(in input))}{Xxh3.Hash128(configuration)}{Xxh3.Hash128(Messages.AsBytes(in output))}";
        Assert.Equal(Xxh3.Hash128(Convert.FromHexString(parts)).ToString(), fingerprint.ToString());
        Assert.Equal(Xxh3.Hash128(configuration).ToString()[..16], $"{fingerprint.JournalId:x16}");
    }

    [Fact]
    public void A_slot_hint_is_not_part_of_an_input()
    {
        MarketByOrder input = new() { Header = { Type = MessageType.MarketByOrder }, OrderId = 5 };
        Hash128 plain = Of(input);
        input.SlotHint = 77;
        Assert.Equal(plain, Of(input));
        input.SendDelta = 1;
        Assert.NotEqual(plain, Of(input));
    }

    [Fact]
    public void Two_runs_are_equal_and_one_altered_message_or_setting_differs()
    {
        string first = Run(price: 10.05m, "a");
        Assert.Equal(first, Run(price: 10.05m, "a"));
        Assert.NotEqual(first, Run(price: 10.06m, "a"));
        Assert.NotEqual(first, Run(price: 10.05m, "b"));
    }

    private static string Run(decimal price, string configuration)
    {
        ScriptedStrategy strategy = new();
        ClientOrderId order = default;
        strategy.Book = (context, _) =>
        {
            if (order.IsNone) order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m));
        };
        using EngineRig rig = new(strategy, configuration: configuration);
        rig.Define().Quote(10.00m, price);
        rig.Answer(ReportKind.Accepted, order).Fill(order, Side.Buy, 9.99m, 1m);
        rig.Engine.Stop();
        return rig.Engine.Fingerprint.ToString();
    }

    private static Hash128 Of(in MarketByOrder input)
    {
        Fingerprint fingerprint = new([]);
        fingerprint.AddInput(Messages.AsBytes(in input));
        return fingerprint.Value;
    }
}

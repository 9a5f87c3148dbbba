using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Replays;

namespace Fathom.Tests.Host.Replays;

public class MessageFieldsTests
{
    [Fact]
    public void An_order_is_its_words_and_numbers()
    {
        OrderEvent change = new()
        {
            Header = MessageHeader.Create<OrderEvent>(MessageType.OrderEvent, 0, new InstrumentId(3), default, new Timestamp(5)),
            Output = new OutputHeader { Cause = 9 },
            Price = Price.From(99.5m),
            Side = Side.Sell,
            To = OrderStatus.Open,
        };
        ReadOnlySpan<byte> bytes = Messages.AsBytes(in change);
        Dictionary<string, string> fields = MessageFields.Of(bytes).ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal(("order_event", "order_event"), (MessageFields.TypeOf(bytes), fields["message"]));
        Assert.Equal(("99.50", "Sell", "Open", "9"), (fields["price"], fields["side"], fields["to"], fields["cause"]));
        Assert.Equal("1970-01-01T00:00:00.000000005Z", fields["receive_time"]);
    }

    /// <summary>Fields whose names cannot be told apart would hide a difference behind another.</summary>
    [Fact]
    public void Every_kind_of_message_has_fields_and_each_byte_of_it_shows_in_one()
    {
        foreach (MessageType type in Enum.GetValues<MessageType>().Where(type => type != MessageType.None))
        {
            byte[] message = Enumerable.Range(3, 253).Select(words => Of(type, words)).First(bytes => MessageFields.Of(bytes)[^1].Name != "bytes");
            IReadOnlyList<(string Name, string Value)> before = MessageFields.Of(message);
            Assert.Equal(before.Count, before.Select(field => field.Name).Distinct().Count());
            Random random = new((int)type);
            for (int at = 24; at < message.Length; at++)
            {
                byte old = message[at];
                message[at] = (byte)random.Next(1, 256);
                bool isTextOrPadding = before.SequenceEqual(MessageFields.Of(message));
                // Texts are shown up to their first zero, which here is their first byte.
                if (isTextOrPadding) Assert.Contains(before, field => field.Value.Length == 0);
                message[at] = old;
            }
        }
    }

    [Fact]
    public void An_unknown_kind_is_its_bytes()
    {
        byte[] message = Of((MessageType)250, 3);
        Assert.Equal([("message", "250"), ("bytes", Convert.ToHexStringLower(message))], MessageFields.Of(message));
        Assert.Equal("bytes", MessageFields.Of(Of(MessageType.FillEvent, 3))[1].Name);
    }

    private static byte[] Of(MessageType type, int words)
    {
        byte[] message = new byte[words * 8];
        (message[0], message[1]) = ((byte)type, (byte)words);
        return message;
    }
}

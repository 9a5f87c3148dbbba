using System.Globalization;
using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Scenarios.Data;

public class VendorTextTests
{
    [Fact]
    public void Every_record_of_a_real_file_equals_the_vendors_text_decode()
    {
        string[] lines = File.ReadAllLines(RealFiles.Find("mbo/CLX5_mbo.txt"));
        using DbnSource source = DbnFile.Open(RealFiles.Find("mbo/CLX5_mbo.dbn"));
        byte[] buffer = new byte[1 << 16];
        int line = 1;
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, length); !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..])
            {
                if (Messages.Header(rest).Type != MessageType.MarketByOrder) continue;
                Assert.Equal(lines[line++], Line(Messages.As<MarketByOrder>(rest), source));
            }
        }
        Assert.Equal(38_212, line - 1);
        Assert.Equal(lines.Length, line);
        Assert.Equal(1, source.Registry.Count);
    }

    private static string Line(in MarketByOrder message, DbnSource source)
    {
        InstrumentDefinition instrument = source.Registry[message.Header.Instrument];
        string time = message.Header.EventTime.ToString().Replace('T', ' ').Replace("Z", "+00:00");
        string price = message.Price.IsNone ? "" : message.Price.ToDecimal().ToString("0.0########", CultureInfo.InvariantCulture);
        char action = message.Action switch
        {
            BookAction.Add => 'A',
            BookAction.Cancel => 'C',
            BookAction.Modify => 'M',
            BookAction.Clear => 'R',
            BookAction.Trade => 'T',
            BookAction.Fill => 'F',
            _ => 'N',
        };
        char side = message.Side switch { Side.Buy => 'B', Side.Sell => 'A', _ => 'N' };
        return $"{time},160,{message.Header.Source},{instrument.VenueInstrument},{action},{side},{price},{message.Quantity},{message.Channel},{message.OrderId}," +
               $"{(byte)message.Flags},{message.SendDelta},{message.Sequence},{instrument.Symbol}";
    }
}

(* Technical indicators, TA-Lib's conventions. *)
open Witness

(* The values up to a row, without the missing ones. *)
let values_until (table : table) row =
  Array.to_list (Array.sub table 0 (row + 1)) |> List.map (fun r -> r.(2)) |> List.filter Float.is_finite |> Array.of_list

let on_values f (table : table) : answer = Array.init (Array.length table) (fun row -> f (values_until table row))

let mean xs = Array.fold_left ( +. ) 0.0 xs /. float_of_int (Array.length xs)
let last n xs = Array.sub xs (Array.length xs - n) n

let sma args = on_values (fun xs ->
  let n = count args "period" in
  [| (if Array.length xs < n then nan else mean (last n xs)) |])

(* Wilder's average: the mean of the first n, then (average * (n - 1) + x) / n. *)
let wilder n xs =
  let average = ref (mean (Array.sub xs 0 n)) in
  for i = n to Array.length xs - 1 do
    average := (!average *. float_of_int (n - 1) +. xs.(i)) /. float_of_int n
  done;
  !average

let rsi args = on_values (fun xs ->
  let n = count args "period" in
  if Array.length xs < n + 1 then [| nan |]
  else
    let changes = Array.init (Array.length xs - 1) (fun i -> xs.(i + 1) -. xs.(i)) in
    let g = wilder n (Array.map (fun c -> if c > 0.0 then c else 0.0) changes) in
    let l = wilder n (Array.map (fun c -> if c < 0.0 then -.c else 0.0) changes) in
    [| (if g +. l < 1e-14 then 0.0 else 100.0 *. g /. (g +. l)) |])

let bars_until (table : table) row =
  Array.to_list (Array.sub table 0 (row + 1))
  |> List.filter (fun r -> List.for_all (fun c -> Float.is_finite r.(c)) [ 2; 3; 4; 5; 6 ])
  |> Array.of_list

let atr args (table : table) : answer =
  let n = count args "period" in
  Array.init (Array.length table) (fun row ->
    let bars = bars_until table row in
    if Array.length bars < n + 1 then [| nan |]
    else
      let range i =
        let high = bars.(i).(3) and low = bars.(i).(4) and c = bars.(i - 1).(5) in
        Float.max (high -. low) (Float.max (Float.abs (high -. c)) (Float.abs (low -. c)))
      in
      [| wilder n (Array.init (Array.length bars - 1) (fun i -> range (i + 1))) |])

let () =
  register "sma" sma;
  register "rsi" rsi;
  register "atr" atr

(* Features of the flow of trades. *)

open Witness
open Microstructure

let now table i = table.(i).(0)

(* Over the trades of the window, where there is one. *)
let over_window f args now list =
  match in_window args (fun trade -> trade.time) now list with
  | None | Some [] -> missing
  | Some inside -> f inside

let volume list = sum (List.map (fun trade -> trade.quantity) list)
let signed list = sum (List.map (fun trade -> trade.sign *. trade.quantity) list)
let sided list = List.filter (fun trade -> trade.sign <> 0.0) list
let average_price list = sum (List.map (fun trade -> trade.price *. trade.quantity) list) /. volume list

let trade_imbalance args table =
  let all = sided (trades ~venue:(is_venue_alone args) table) in
  each table (fun i -> [| over_window (fun list -> signed list /. volume list) args (now table i) (until i all) |])

let trade_sign _ table =
  let all = trades table in
  each table (fun i -> match newest (until i all) with Some trade -> [| trade.sign |] | None -> [| missing |])

let signed_volume args table =
  let all = sided (trades ~venue:(is_venue_alone args) table) in
  each table (fun i ->
      match in_window args (fun trade -> trade.time) (now table i) (until i all) with
      | None -> [| missing |]
      | Some list -> [| signed list |])

(* Trades of the newest session. *)
let of_session table i all =
  let rec opening k = if k <= 0 || table.(k).(1) <> 0.0 then k else opening (k - 1) in
  let start = opening i in
  List.filter (fun trade -> trade.row >= start) (until i all)

let cvd args table =
  let all = trades ~venue:(is_venue_alone args) table in
  each table (fun i -> match of_session table i all with [] -> [| missing |] | list -> [| signed list |])

let vwap _ table =
  let all = trades table in
  each table (fun i -> match of_session table i all with [] -> [| missing |] | list -> [| average_price list |])

let vwap_rolling args table =
  let all = trades table in
  each table (fun i -> [| over_window average_price args (now table i) (until i all) |])

let large_trade_share args table =
  let all = trades table and large = number args "quantity" in
  let share list = volume (List.filter (fun trade -> trade.quantity >= large) list) /. volume list in
  each table (fun i -> [| over_window share args (now table i) (until i all) |])

let trade_intensity args table =
  let all = trades table and tau = float_of_int (nanos args "tau") /. 1e9 in
  each table (fun i ->
      match until i all with
      | [] -> [| missing |]
      | list -> [| sum (List.map (fun trade -> exp (-.(now table i -. trade.time) /. 1e9 /. tau) /. tau) list) |])

let effective_spread _ table =
  let all = trades table in
  each table (fun i ->
      match newest (until i all) with
      | Some trade -> [| 2.0 *. trade.sign *. (trade.price -. trade.at_mid) |]
      | None -> [| missing |])

let median list =
  let sorted = Array.of_list (List.sort compare list) in
  let n = Array.length sorted in
  if n mod 2 = 1 then sorted.(n / 2) else (sorted.((n / 2) - 1) +. sorted.(n / 2)) /. 2.0

let block_trade args table =
  let all = Array.of_list (trades table) and n = count args "trades" in
  let is_block k =
    let before = List.init n (fun j -> all.(k - 1 - j).quantity) in
    all.(k).quantity >= number args "multiple" *. median before && all.(k).price *. all.(k).quantity >= number args "value_min"
  in
  let judged = List.filter_map (fun k -> if k < n then None else Some (all.(k), is_block k)) (List.init (Array.length all) Fun.id) in
  each table (fun i ->
      let seen = List.filter (fun (trade, _) -> trade.row <= i) judged in
      let block = match newest seen with Some (trade, true) -> trade.sign | Some (_, false) -> 0.0 | None -> missing in
      let share =
        match in_window args (fun (trade, _) -> trade.time) (now table i) seen with
        | None | Some [] -> missing
        | Some list -> volume (List.map fst (List.filter snd list)) /. volume (List.map fst list)
      in
      [| block; share |])

(* Volume by bin, lowest first; whole numbers of 1e-9, so that equal is equal. *)
let bins size list =
  let floor_div a b = if a >= 0 then a / b else -((b - 1 - a) / b) in
  let place price = floor_div (whole price + (size / 2)) size in
  let add held trade =
    let bin = place trade.price in
    let keys = bin :: List.map fst held in
    let low = List.fold_left min bin keys and high = List.fold_left max bin keys in
    if high - low >= 65536 then held
    else
      let before = match List.assoc_opt bin held with Some v -> v | None -> 0 in
      (bin, before + whole trade.quantity) :: List.remove_assoc bin held
  in
  List.sort compare (List.fold_left add [] list)

let volume_profile args table =
  let all = trades table and size = whole (number args "bin") in
  each table (fun i ->
      match bins size (of_session table i all) with
      | [] -> [| missing; missing; missing |]
      | held ->
        let most = List.fold_left (fun most (_, v) -> max most v) 0 held in
        let control = fst (List.find (fun (_, v) -> v = most) held) in
        let total = List.fold_left (fun total (_, v) -> total + v) 0 held in
        let enough inside = float_of_int inside >= number args "value_area" *. float_of_int total in
        (* below: nearest first; above: nearest first. *)
        let rec grow low high inside below above =
          if enough inside then (low, high)
          else
            match (below, above) with
            | [], [] -> (low, high)
            | (_, v) :: _, (bin, u) :: rest when u >= v -> grow low bin (inside + u) below rest
            | [], (bin, u) :: rest -> grow low bin (inside + u) below rest
            | (bin, v) :: rest, _ -> grow bin high (inside + v) rest above
        in
        let below = List.rev (List.filter (fun (bin, _) -> bin < control) held) and above = List.filter (fun (bin, _) -> bin > control) held in
        let low, high = grow control control most below above in
        let price bin = float_of_int (bin * size) /. 1e9 in
        [| price control; price low; price high |])

let () =
  register "trade_imbalance" trade_imbalance;
  register "trade_sign" trade_sign;
  register "signed_volume" signed_volume;
  register "cvd" cvd;
  register "vwap" vwap;
  register "vwap_rolling" vwap_rolling;
  register "large_trade_share" large_trade_share;
  register "trade_intensity" trade_intensity;
  register "effective_spread" effective_spread;
  register "block_trade" block_trade;
  register "volume_profile" volume_profile
